import type { RejectedRecord } from '@hub/contract/record-imports';
import type { z } from 'zod';
import { choiceOf, type Choices, countOf, dateOf } from './cell-values.ts';
import type { RecordColumn } from '@hub/contract/record-columns';

export type Reason = RejectedRecord['reason'];

/** What is wrong with a row. */
export interface Fault {
  line: number;
  column: RecordColumn | undefined;
  value: string;
  reason: Reason;
  hint: string;
}

/** The cells of a row by what they are; absent where the file has no such column. */
export type Cells = Partial<Record<RecordColumn, string>>;

/**
 * Reads the cells of a row one after another and keeps the first fault. A reader answers undefined where the column is absent or the cell
 * is at fault: what it answers counts only where `fault` is undefined at the end.
 */
export class RowReading {
  readonly line: number;
  readonly cells: Cells;
  fault: Fault | undefined;

  constructor(line: number, cells: Cells) {
    this.line = line;
    this.cells = cells;
  }

  fail(column: RecordColumn, reason: Reason, hint: string | number = ''): undefined {
    this.fault ??= { line: this.line, column, value: this.cells[column] ?? '', reason, hint: String(hint) };
    return undefined;
  }

  /** The cell where something stands; null where it is empty. */
  filled(column: RecordColumn): string | null | undefined {
    const cell = this.cells[column];
    return cell === '' ? null : cell;
  }

  needed(column: RecordColumn): string | undefined {
    return this.filled(column) ?? this.fail(column, 'empty');
  }

  /** `most`: characters. */
  text(column: RecordColumn, most: number): string | null | undefined {
    const text = this.filled(column);
    return typeof text === 'string' && text.length > most ? this.fail(column, 'too_long', most) : text;
  }

  by<Value>(column: RecordColumn, schema: z.ZodType<Value>, reason: Reason): Value | null | undefined {
    const text = this.filled(column);
    if (typeof text !== 'string') return text;
    const read = schema.safeParse(text);
    return read.success ? read.data : this.fail(column, reason);
  }

  date(column: RecordColumn): string | null | undefined {
    const text = this.filled(column);
    return typeof text !== 'string' ? text : (dateOf(text) ?? this.fail(column, 'no_date'));
  }

  count(column: RecordColumn, most: number, least = 0): number | null | undefined {
    const text = this.filled(column);
    if (typeof text !== 'string') return text;
    const count = countOf(text, most);
    return count === undefined || count < least ? this.fail(column, 'no_number', most) : count;
  }

  /** Where nothing stands, undefined: what is known stays. */
  choice<Choice extends string>(column: RecordColumn, among: Choices<Choice>): Choice | undefined {
    const text = this.filled(column);
    if (typeof text !== 'string') return undefined;
    return choiceOf(text, among) ?? this.fail(column, 'no_choice', among.hint);
  }
}
