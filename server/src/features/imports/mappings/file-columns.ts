import type { ColumnMapping } from '@hub/contract/import-mappings';
import { normalHeader } from '../call-history-columns.ts';
import { isReasonHead } from '../reason-heads.ts';

const ofPlace = /^#([1-9][0-9]{0,2})$/;

/** Whether these are rejected rows of an earlier import, mended or not. */
export const isRejectedRows = (header: readonly string[]): boolean => header.some(isReasonHead);

/** By what mappings name the columns of a file: the header's text where only one has it, else the place. */
export function columnNames(header: readonly string[] | undefined, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const name = header?.[index]?.slice(0, 300) ?? '';
    const isAlone = header?.filter((other) => normalHeader(other) === normalHeader(name)).length === 1;
    return name !== '' && isAlone && !ofPlace.test(name) ? name : `#${index + 1}`;
  });
}

/** The place of a column, from 0; undefined where the file has none of that name. */
export function placeOf(column: string, header: readonly string[], count: number): number | undefined {
  const place = ofPlace.exec(column)?.[1];
  const index =
    place === undefined
      ? header.findIndex((name) => normalHeader(name.slice(0, 300)) === normalHeader(column))
      : Number(place) - 1;
  return index >= 0 && index < count ? index : undefined;
}

const isNamed = (name: string, header: readonly string[]): boolean =>
  name !== '' &&
  !ofPlace.test(name) &&
  header.filter((other) => normalHeader(other) === normalHeader(name)).length === 1;

/** By what the next file of the same kind is known: its columns, whatever their case and order; without names for all of them, in this order; without a header how many there are. */
export function signatureOf(header: readonly string[], hasHeader: boolean): string {
  const own = header.filter((head) => !isReasonHead(head));
  if (!hasHeader || own.every((name, index) => name === `#${index + 1}`)) return `places:${own.length}`;
  const names = own.map(normalHeader);
  return `names:${JSON.stringify(own.every((name) => isNamed(name, own)) ? names.toSorted() : names)}`;
}

/** The columns that a signature was made of, in small letters and perhaps in another order. */
export function namesOfSignature(signature: string): string[] {
  const places = /^places:(\d+)$/.exec(signature)?.[1];
  if (places !== undefined) return columnNames(undefined, Number(places));
  return signature.startsWith('names:') ? (JSON.parse(signature.slice('names:'.length)) as string[]) : [];
}

/** The places of a file's own columns: by their names, where all have one, so that another order of the same columns is the same record. */
export function contentPlaces(header: readonly string[], hasHeader: boolean): number[] {
  const own = header.flatMap((name, place) => (isReasonHead(name) ? [] : [{ name: normalHeader(name), place }]));
  const names = own.map(({ name }) => name);
  const byName = hasHeader && names.every((name) => isNamed(name, names));
  return (byName ? own.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : own).map(({ place }) => place);
}

/** The columns of a file that a mapping reads. */
export const columnsRead = ({ fields }: ColumnMapping): string[] => [
  ...new Set(Object.values(fields).flatMap((source) => ('columns' in source ? source.columns : []))),
];
