import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHub, runHubAs, startHub, type TestFolder, testFolder } from '../testing/spawn-hub.ts';

// 65534 is nobody on Linux, and any number will do: it owns nothing and is not root.
const nobody = 65534;
const slow = 180_000;

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

describe.runIf(process.getuid?.() === 0)('another account of the machine', () => {
  test('is told whose data folder it is, whatever the command', { timeout: slow }, async () => {
    const environment = { HUB_DATA_DIR: folder.dataDir, HUB_REGIONS: 'us', HUB_DEMO: '0' };
    const hub = await startHub(environment);
    const sentence = `The data folder ${folder.dataDir} belongs to the account root and may not be used by`;
    const way = `sudo -u root HUB_DATA_DIR=${folder.dataDir} npm run hub -- …`;
    const token = ['token', 'create', '--email', 'a@b.example', '--scopes', 'audit.read', '--days', '1'];
    for (const words of [['migrate'], token]) {
      const { code, err } = await runHubAs(nobody, words, environment);
      expect(code).toBe(1);
      expect(err).toContain(sentence);
      expect(err).toContain(way);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
    const doctor = await runHubAs(nobody, ['doctor'], environment);
    expect(doctor).toMatchObject({ code: 1, err: '' });
    expect(doctor.out).toContain(`FAIL  ${sentence}`);
    expect(doctor.out).toContain(`WARN  Whether Partner Hub runs in ${folder.dataDir} cannot be told`);
    expect(doctor.out).not.toContain('does not run');
    hub.signal('SIGTERM');
    await hub.ended;
  });

  test('is told whose backup it may not read, and where it may not write one', { timeout: slow }, async () => {
    const backup = join(folder.path, 'backup');
    await mkdir(backup, { mode: 0o700 });
    await writeFile(join(backup, 'manifest.json'), '{}');
    const own = join(folder.path, 'own');
    await mkdir(own);
    await chmod(own, 0o777);
    const environment = { HUB_DATA_DIR: join(own, 'data'), HUB_REGIONS: 'us', HUB_DEMO: '0' };
    const restored = await runHubAs(nobody, ['restore', '--from', backup], environment);
    expect(restored.code).toBe(1);
    expect(restored.err).toMatch(
      /^The backup \S+ belongs to the account root, and \S+ may not read all of it: hand it over \(chown .*Nothing was restored\.\n$/,
    );
    expect((await runHub(['restore', '--from', own], environment)).err).toContain('is no backup of Partner Hub');

    expect((await runHubAs(nobody, ['migrate'], environment)).code).toBe(0);
    const written = await runHubAs(nobody, ['backup', '--out', join(folder.path, 'closed', 'b')], environment);
    expect(written.code).toBe(1);
    expect(written.err).toMatch(
      new RegExp(
        `^No backup was written\\. The account \\S+, as which Partner Hub runs, may not make a folder in ${folder.path}: give it`,
        'm',
      ),
    );
  });
});
