import type { Tag, TagGiven, TagMark } from '@hub/contract/customer-tags';
import { TagName } from '@hub/contract/customer-tags';

export type TagChoice = { key: string; kind: 'known'; tag: Tag } | { key: string; kind: 'create'; name: string };

const shown = 6;
const folded = (name: string): string => name.normalize('NFC').toLocaleLowerCase();

/** The tags that hold what was typed and are not there yet, most used first; last, a new one, unless one has this name in any case. */
export function choicesOf(known: readonly Tag[], present: readonly TagMark[], typed: string): TagChoice[] {
  const name = TagName.safeParse(typed).data;
  const part = folded(name ?? '');
  const isPresent = (tag: Tag): boolean => present.some(({ id }) => id === tag.id);
  const found = known
    .filter((tag) => !isPresent(tag) && folded(tag.name).includes(part))
    .toSorted((a, b) => Number(folded(b.name) === part) - Number(folded(a.name) === part) || b.holders - a.holders)
    .slice(0, shown);
  const isTaken = name === undefined || [...known, ...present].some((tag) => folded(tag.name) === part);
  return [
    ...found.map((tag): TagChoice => ({ key: tag.id, kind: 'known', tag })),
    ...(isTaken ? [] : [{ key: 'create', kind: 'create' as const, name }]),
  ];
}

/** A tag that disappeared, as it comes back. */
export function given({ name, color, description }: Tag): TagGiven {
  return { name, color, ...(description === '' ? {} : { description }) };
}
