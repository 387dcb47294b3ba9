import { normalHeader } from '../call-history-columns.ts';
import { feeds } from './all-feeds.ts';
import type { ColumnKind, Feed, FeedColumn } from './feed.ts';

/** A header read as that of one feed. */
export interface HeaderMatch {
  feed: Feed;
  /** For each column of the file the column of the fact table, or null when it is not stored. */
  columns: (string | null)[];
  /** What values of a column are multiplied by, where its header names another unit than the table's. */
  factors: ReadonlyMap<string, number>;
  /** The needed columns that are not there; of each group one would do. */
  missing: readonly (readonly string[])[];
  /** Columns that are named twice in the same words. */
  twice: readonly string[];
}

/** By kind, what one of a unit is in the unit of the table: seconds, milliseconds, percent. */
const factorsOf: Partial<Record<ColumnKind, Record<string, number>>> = {
  seconds: { ms: 0.001, s: 1, m: 60, h: 3600 },
  milliseconds: { ms: 1, s: 1000 },
  percent: { '%': 1 },
};

const unitNames: Record<string, string> = {
  ms: 'ms',
  msec: 'ms',
  msecs: 'ms',
  milliseconds: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  seconds: 's',
  m: 'm',
  min: 'm',
  mins: 'm',
  minutes: 'm',
  h: 'h',
  hours: 'h',
  '%': '%',
};

interface Candidate {
  column: FeedColumn;
  /** Its own head is 0, an alias its place behind. */
  rank: number;
  factor: number;
}

/** Reads a header as a feed's: case, order and spaces do not matter, aliases count, and a unit may stand behind a measured column. */
export function matchHeader(feed: Feed, header: readonly string[]): HeaderMatch {
  const heads = headsOf(feed);
  const read = header.map((text) => candidateOf(heads, text));
  const best = new Map<string, Candidate>();
  for (const candidate of read) {
    const before = candidate && best.get(candidate.column.name);
    if (candidate && (before === undefined || candidate.rank < before.rank)) best.set(candidate.column.name, candidate);
  }
  const isChosen = (candidate: Candidate | undefined): candidate is Candidate =>
    candidate !== undefined && best.get(candidate.column.name)?.rank === candidate.rank;
  const columns = read.map((candidate) => (isChosen(candidate) ? candidate.column.name : null));
  const twice = columns.filter((name, index) => name !== null && columns.indexOf(name) !== index) as string[];
  const factors = new Map([...best].map(([name, { factor }]) => [name, factor]));
  return {
    feed,
    columns,
    factors,
    missing: feed.needed.filter((group) => !group.some((name) => best.has(name))),
    twice,
  };
}

type Heads = ReadonlyMap<string, Omit<Candidate, 'factor'>>;

function headsOf({ columns }: Feed): Heads {
  const entries = columns.flatMap((column) =>
    [column.header, ...(column.aliases ?? [])].map((head, rank) => [normalHeader(head), { column, rank }] as const),
  );
  return new Map(entries.toReversed()); // should two columns go by one name, the first has it
}

function candidateOf(heads: Heads, text: string): Candidate | undefined {
  const head = normalHeader(text);
  const exact = heads.get(head);
  if (exact) return { ...exact, factor: 1 };
  const [, name = '', inBrackets, behind] = /^(.*?) ?(?:\( ?([a-z]+|%) ?\)| ([a-z]+))$/.exec(head) ?? [];
  const unit = unitNames[inBrackets ?? behind ?? ''];
  const found = heads.get(name);
  const factor = found && unit !== undefined ? factorsOf[found.column.kind]?.[unit] : undefined;
  return found && factor !== undefined ? { ...found, factor } : undefined;
}

/** A report with columns left out may still have all that a smaller one needs: it is taken for itself where it knows that many more. */
const timesAsMany = 2;

/** As the file is read: as the feed of which it lacks nothing, and of several as the one that knows most of its columns. */
export function bestMatch(header: readonly string[]): HeaderMatch {
  const matches = feeds.map((feed) => matchHeader(feed, header));
  matches.sort((a, b) => missingShare(a) - missingShare(b) || knownColumns(b) - knownColumns(a));
  const [best] = matches as [HeaderMatch];
  // Where none has all that it needs, its columns alone tell whose it is.
  if (best.missing.length > 0) return matches.reduce((a, b) => (knownColumns(b) > knownColumns(a) ? b : a));
  const larger = matches.find(
    (match) => match.missing.length > 0 && isCloseTo(match) && knownColumns(match) >= timesAsMany * knownColumns(best),
  );
  return larger ?? best;
}

const missingShare = ({ missing, feed }: HeaderMatch): number => missing.length / feed.needed.length;
const knownColumns = ({ columns }: HeaderMatch): number => columns.filter((name) => name !== null).length;

const fewestColumns = 4; // a name and a location are in many a file

/** Whether this is a file of the feed with columns left out, rather than another kind of file. */
export function isCloseTo(match: HeaderMatch): boolean {
  const mostMissing = match.feed.needed.length > 5 ? 2 / 3 : 1 / 2;
  return match.missing.length === 0 || (missingShare(match) <= mostMissing && knownColumns(match) >= fewestColumns);
}

/** The heads of columns, for sentences; those of a group stand together. */
export const headersOf = (feed: Feed, groups: readonly (readonly string[])[]): string =>
  groups
    .map((group) => group.map((name) => feed.columns.find((entry) => entry.name === name)?.header ?? name).join(' / '))
    .join(', ');
