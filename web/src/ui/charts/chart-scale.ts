/** Lines of a grid from 0, at most so many above it, in steps of 1, 2, 2.5 or 5 times a power of ten. */
export function gridOf(highest: number, most = 4): { top: number; lines: number[] } {
  if (!(highest > 0)) return { top: 1, lines: [1] };
  const rough = highest / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size * most >= highest * 0.9999) ?? highest;
  const count = Math.ceil(highest / step - 0.0001);
  const lines = Array.from({ length: count }, (_, index) => Number(((index + 1) * step).toPrecision(12)));
  return { top: lines.at(-1) ?? highest, lines };
}

export type MaybeNumber = number | null;

/** Runs of neighbours that have a value: a gap is a gap, no line leads over it. */
export function runsOf(values: readonly MaybeNumber[]): { index: number; value: number }[][] {
  const runs: { index: number; value: number }[][] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const run = runs.at(-1);
    if (run?.at(-1)?.index === index - 1) run.push({ index, value });
    else runs.push([{ index, value }]);
  }
  return runs;
}

/** What of many points is written beside them: all of eight or fewer, else the first, the last and the highest. */
export function labelledOf(values: readonly MaybeNumber[]): Set<number> {
  const known = [...values.entries()].filter((entry): entry is [number, number] => entry[1] !== null);
  if (values.length <= 8) return new Set(known.map(([index]) => index));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return new Set();
  const [peak] = known.reduce((highest, entry) => (entry[1] > highest[1] ? entry : highest), first);
  return new Set([first[0], last[0], peak]);
}
