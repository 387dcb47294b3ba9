import { expect, test } from 'vitest';
import { type DemoReport, demoReports } from '../../demo-data/index.ts';
import { demoFileName, type DemoPass, firstDemoDay, missingDemoFiles, parseDemoFileName } from './demo-rules.ts';

const made = { madeOn: '2026-11-22', to: '2026-11-21' };
const named = (name: string): DemoReport => demoReports.find((report) => report.name === name)!;
const calls = named('demo');
const namesOf = (passes: readonly DemoPass[]): string[] =>
  passes.flatMap((pass) => pass.reports.map((report) => demoFileName({ ...pass, report })));

test('a demo begins on the Sunday eleven complete weeks before the week in which it is made', () => {
  expect(firstDemoDay('2026-11-22')).toBe('2026-09-06'); // a Sunday
  expect(firstDemoDay('2026-11-23')).toBe('2026-09-06');
  expect(firstDemoDay('2026-11-28')).toBe('2026-09-06');
  expect(firstDemoDay('2026-11-29')).toBe('2026-09-13');
});

test('the latest two weeks of every region come first, and every day of every report comes once', () => {
  const passes = missingDemoFiles(made, demoReports, ['us', 'eu'], []);
  expect(namesOf(passes.slice(0, 2))).toEqual([
    'demo-us-2026-11-08-to-2026-11-21.csv',
    'media-quality-us-2026-11-08-to-2026-11-21.csv',
    'demo-eu-2026-11-08-to-2026-11-21.csv',
    'media-quality-eu-2026-11-08-to-2026-11-21.csv',
  ]);
  // Statistics are small: one file a feed, and one go through the calls for all four.
  expect(namesOf(passes.slice(2, 3))).toEqual(
    ['license-snapshots', 'call-queue-stats', 'call-queue-agent-stats', 'auto-attendant-stats', 'hunt-group-stats'].map(
      (name) => `${name}-us-2026-09-06-to-2026-11-21.csv`,
    ),
  );
  expect(namesOf(passes.slice(4, 5))).toEqual(
    ['phone-numbers', 'devices', 'locations'].map((name) => `${name}-us-2026-11-21-to-2026-11-21.csv`),
  );
  for (const report of demoReports)
    for (const region of ['us', 'eu']) expect(daysOf(passes, report, region)).toBe(report.pieces === 'day' ? 1 : 77);
  expect(passes.at(-1)).toMatchObject({ region: 'eu', from: '2026-09-06' });
});

test('what the names of imports cover is not generated again', () => {
  const names = namesOf(missingDemoFiles(made, demoReports, ['us', 'eu'], []));
  expect(missingDemoFiles(made, demoReports, ['us', 'eu'], names)).toEqual([]);
  // The days of a file that was lost come again; those of a long one perhaps in two.
  for (const lost of names) {
    const { name, region, from, to } = parseDemoFileName(lost)!;
    const others = names.filter((other) => other !== lost);
    const again = namesOf(missingDemoFiles(made, demoReports, ['us', 'eu'], others)).map(
      (file) => parseDemoFileName(file)!,
    );
    expect(new Set(again.map((file) => `${file.name} ${file.region}`))).toEqual(new Set([`${name} ${region}`]));
    expect([again.at(-1)?.from, again[0]?.to]).toEqual([from, to]);
  }
  // Later: the new days of what goes on, and no inventory.
  expect(namesOf(missingDemoFiles({ ...made, to: '2026-11-23' }, demoReports, ['us'], names))).toEqual(
    demoReports.filter(({ pieces }) => pieces !== 'day').map(({ name }) => `${name}-us-2026-11-22-to-2026-11-23.csv`),
  );
  expect(missingDemoFiles({ madeOn: '2026-11-22', to: '2026-09-05' }, [calls], ['us'], [])).toEqual([]);
});

test('a demo of an earlier release gets the older weeks and the feeds that it had not', () => {
  const old = ['demo-us-2026-11-08-to-2026-11-21.csv', 'demo-us-2026-09-20-to-2026-11-07.csv'];
  const names = namesOf(missingDemoFiles(made, demoReports, ['us'], old));
  expect(names.filter((name) => name.startsWith('demo-')).toSorted()).toEqual(['demo-us-2026-09-06-to-2026-09-19.csv']);
  expect(names).toContain('media-quality-us-2026-11-08-to-2026-11-21.csv');
});

test('other file names are not the demo’s', () => {
  expect(parseDemoFileName('calls.csv')).toBeUndefined();
  expect(parseDemoFileName('demo-eu-2026-11-08-to-2026-11-21.csv')).toEqual({
    name: 'demo',
    region: 'eu',
    from: '2026-11-08',
    to: '2026-11-21',
  });
});

function daysOf(passes: readonly DemoPass[], report: DemoReport, region: string): number {
  const days = passes
    .filter((pass) => pass.region === region && pass.reports.includes(report))
    .map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1);
  return days.reduce((sum, count) => sum + count, 0);
}
