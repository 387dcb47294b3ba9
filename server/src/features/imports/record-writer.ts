import { normalHeader } from './call-history-columns.ts';
import type { CopiedLines } from './copy-aside.ts';
import { RecordCopier } from './copy-record.ts';
import { csvField, textOf } from './csv-field.ts';
import { CsvOutput } from './csv-output.ts';
import { type Source, unusual } from './json-bytes.ts';
import { callHistoryForm, type JsonForm, jsonForms } from './json-forms.ts';
import type { TakeRecords } from './read-json-records.ts';

const ignoredKept = 1000; // no feed has as many keys; a file that invents one per record must not fill the memory

interface Lines {
  form: JsonForm;
  slotOf: ReadonlyMap<string, number>;
  copier: RecordCopier | undefined;
}

/** Writes records of one form as lines of CSV, and remembers which columns they had. */
export class RecordWriter implements TakeRecords {
  records = 0;
  readonly seen = new Set<number>();
  readonly ignored = new Set<string>();
  readonly output = new CsvOutput();
  #lines: Lines | undefined;
  readonly #slotByKey = new Map<string, number | undefined>(); // spellings as they occur; saves normalising 83 keys per record

  /** `form`: of a file whose head is written already. Without it the first record decides. */
  constructor(form?: JsonForm) {
    if (form !== undefined) this.#lines = linesOf(form);
  }

  /** Whether records may come in any order of threads: those of other forms are few, and read one by one. */
  get isCopying(): boolean {
    return this.#lines?.copier !== undefined;
  }

  get form(): JsonForm {
    return this.#lines?.form ?? callHistoryForm;
  }

  /** As RecordCopier does it. Columns and ignored keys are those of records that were added: it knows no others. */
  copy(source: Source, begin: number): number {
    const end = this.#lines?.copier?.copy(source, begin, this.output) ?? unusual;
    if (end > 0) this.records++;
    return end;
  }

  /** What another writer of the same form made of the records that follow. */
  addCopied({ csv, records, seen, ignored }: CopiedLines): void {
    this.output.addBytes(csv);
    this.records += records;
    for (const slot of seen) this.seen.add(slot);
    for (const key of ignored) if (this.ignored.size < ignoredKept) this.ignored.add(key);
  }

  add(record: Record<string, unknown>): void {
    this.#lines ??= this.#begin(record);
    const { form, slotOf, copier } = this.#lines;
    const values = new Array<string>(form.feed.columns.length).fill('');
    for (const [key, value] of Object.entries(form.read(record))) {
      if (value === undefined) continue;
      const slot = this.#slot(key, slotOf);
      if (slot === undefined) {
        if (this.ignored.size < ignoredKept) this.ignored.add(key);
      } else {
        this.seen.add(slot);
        values[slot] = textOf(value);
      }
      if (slot !== undefined || this.ignored.has(key)) copier?.learn(key, slot);
    }
    this.output.add(`${values.map(csvField).join(',')}\n`);
    this.records++;
  }

  /** The first record says of what form all are. */
  #begin(record: Record<string, unknown>): Lines {
    const form = jsonForms.find((known) => known.isOf(record)) ?? callHistoryForm;
    this.output.add(`${form.feed.columns.map((column) => column.header).join(',')}\n`);
    return linesOf(form);
  }

  #slot(key: string, slotOf: Lines['slotOf']): number | undefined {
    const known = this.#slotByKey.get(key);
    if (known !== undefined || this.#slotByKey.has(key)) return known;
    const slot = slotOf.get(normalHeader(key));
    if (slot !== undefined || this.#slotByKey.size < ignoredKept) this.#slotByKey.set(key, slot);
    return slot;
  }
}

const linesOf = (form: JsonForm): Lines => ({
  form,
  slotOf: new Map(form.feed.columns.map((column, index) => [normalHeader(column.header), index])),
  // Records of the other forms are given other keys first, and are few.
  copier: form === callHistoryForm ? new RecordCopier(form.feed.columns.length) : undefined,
});
