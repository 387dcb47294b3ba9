/**
 * Facts added up by day, for questions over weeks. A row belongs to the import that brought its facts; of versions that an import replaced it
 * has the same row with every sum turned negative. So what counts at a moment is told by the import alone, as with the facts themselves, and
 * committing, undoing and erasing an import need nothing to be built anew.
 */
export interface Rollup {
  table: string;
  /** Its days are the Sundays of weeks, and its rows are those of this rollup, added up. */
  ofDays?: Rollup;
  /** Beside partner, organization and day. The same expressions give the same groups from the facts. */
  groups: Readonly<Record<string, string>>;
  /** Whole numbers; each is an aggregate over the facts of a group. */
  sums: Readonly<Record<string, string>>;
  /** Which facts are in it. */
  facts: string;
}

/** The same sums of whole weeks: a seventh of the rows where somebody has some on every day. */
export const byWeek = (ofDays: Rollup, table: string): Rollup => ({ ...ofDays, table, ofDays });
