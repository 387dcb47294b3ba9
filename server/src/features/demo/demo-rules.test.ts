import { expect, test } from 'vitest';
import { demoFileName, missingDemoFiles, missingLicenseFiles, parseDemoFileName } from './demo-rules.ts';

const wanted = { from: '2026-09-20', to: '2026-11-21' };

test('the latest two weeks of every region come first, and every day comes once', () => {
  const files = missingDemoFiles(wanted, ['us', 'eu'], []);
  expect(files.slice(0, 2)).toEqual([
    { region: 'us', from: '2026-11-08', to: '2026-11-21' },
    { region: 'eu', from: '2026-11-08', to: '2026-11-21' },
  ]);
  expect(daysOf(files, 'us')).toBe(63);
  expect(daysOf(files, 'eu')).toBe(63);
  expect(files.at(-1)).toMatchObject({ region: 'eu', from: '2026-09-20' });
});

test('what the names of imports cover is not generated again', () => {
  const all = missingDemoFiles(wanted, ['us', 'eu'], []);
  const names = all.map((file) => demoFileName(file));
  expect(missingDemoFiles(wanted, ['us', 'eu'], names)).toEqual([]);
  const [lost] = all;
  expect(missingDemoFiles(wanted, ['us', 'eu'], names.slice(1))).toEqual([lost]);
  expect(missingDemoFiles({ ...wanted, to: '2026-11-23' }, ['us'], names)).toEqual([
    { region: 'us', from: '2026-11-22', to: '2026-11-23' },
  ]);
  expect(missingDemoFiles({ from: '2026-11-22', to: '2026-11-21' }, ['us'], [])).toEqual([]);
});

test('other file names are not the demo’s', () => {
  expect(parseDemoFileName('calls.csv')).toBeUndefined();
  expect(parseDemoFileName('demo-eu-2026-11-08-to-2026-11-21.csv')).toEqual({
    region: 'eu',
    from: '2026-11-08',
    to: '2026-11-21',
  });
});

test('license snapshots are files of their own, one of each region, and the next holds the days behind the last', () => {
  const first = missingLicenseFiles(wanted, ['us', 'eu'], ['demo-us-2026-09-20-to-2026-11-21.csv']);
  expect(first).toEqual([
    { region: 'us', ...wanted },
    { region: 'eu', ...wanted },
  ]);
  const names = first.map((file) => demoFileName(file, 'licenses'));
  expect(names[0]).toBe('demo-licenses-us-2026-09-20-to-2026-11-21.csv');
  expect(missingLicenseFiles(wanted, ['us', 'eu'], names)).toEqual([]);
  expect(missingLicenseFiles({ ...wanted, to: '2026-11-23' }, ['us'], names)).toEqual([
    { region: 'us', from: '2026-11-22', to: '2026-11-23' },
  ]);
  expect(missingDemoFiles(wanted, ['us'], names)).toEqual(missingDemoFiles(wanted, ['us'], []));
  expect(names.map((name) => parseDemoFileName(name))).toEqual([undefined, undefined]);
});

function daysOf(files: ReturnType<typeof missingDemoFiles>, region: string): number {
  const days = files
    .filter((file) => file.region === region)
    .map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
  return days.reduce((sum, count) => sum + count, 0);
}
