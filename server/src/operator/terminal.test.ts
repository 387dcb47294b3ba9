import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHubUnread, type TestFolder, testFolder } from '../testing/spawn-hub.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

test('a reader that has seen enough does not end a command', { timeout: 60_000 }, async () => {
  const { code, err } = await runHubUnread(['doctor'], { HUB_DATA_DIR: folder.dataDir });
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
