import type { Parameters } from '../../platform/regional-store/index.ts';
import { legRollup, legWeekRollup, mediaRollup, mediaWeekRollup, rollupWhere } from '../imports/index.ts';
import { narrowing, type SourceQuestion } from './source-queries.ts';
import { daysWhere, windowParameters, wholeWeeksOf } from './window.ts';

const tables = {
  legs: { days: legRollup.table, weeks: legWeekRollup.table },
  media: { days: mediaRollup.table, weeks: mediaWeekRollup.table },
};

/** SELECT of rollup rows of the question's window: those of whole weeks where its buckets are weeks or all of it, and of days for what such weeks leave over. */
export function ofDaysAndWeeks(
  question: SourceQuestion,
  of: keyof typeof tables,
  columns: string,
): { sql: string; parameters: Parameters } {
  const { days, weeks } = tables[of];
  const { window } = question;
  const { sql: where, parameters } = rolledUpWhere(question);
  const whole = wholeWeeksOf(window);
  const select = (table: string, inside: string): string =>
    `SELECT ${columns} FROM @region.${table} WHERE ${where} AND ${inside}`;
  if (whole === undefined) return { sql: select(days, daysWhere), parameters };
  const ofWeeks = select(weeks, 'day BETWEEN {firstSunday:Date} AND {lastSaturday:Date}');
  const all = { ...parameters, firstSunday: whole.from, lastSaturday: whole.to };
  if (whole.from === window.from && whole.to === window.to) return { sql: ofWeeks, parameters: all };
  const rest = select(days, `${daysWhere} AND day NOT BETWEEN {firstSunday:Date} AND {lastSaturday:Date}`);
  return { sql: `${ofWeeks} UNION ALL ${rest}`, parameters: all };
}

/** Which rows of a rollup count for the question, whatever their day. */
export function rolledUpWhere(question: SourceQuestion): { sql: string; parameters: Parameters } {
  const { scope, visible, window } = question;
  const { sql, parameters } = rollupWhere(scope, visible);
  const narrow = narrowing(question);
  return {
    sql: `${sql}${narrow.sql}`,
    parameters: { ...parameters, ...narrow.parameters, ...windowParameters(window) },
  };
}
