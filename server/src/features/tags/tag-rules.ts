import { type TagColor, tagsPerHolder } from '@hub/contract/customer-tags';

export interface TagData {
  id: string;
  name: string;
  color: TagColor;
  description: string;
}

/** What is to become of one customer's, or one subscription's, tags. */
export interface TagChange {
  holderId: string;
  /** The customer that it is, or that it belongs to. */
  customerId: string;
  add: readonly TagData[];
  remove: readonly string[];
}

export type TagVerdict = Pick<TagChange, 'holderId' | 'customerId'> &
  (
    | { outcome: 'unchanged' }
    | { outcome: 'failed'; code: 'tag_limit'; data: { limit: number } }
    | { outcome: 'changed'; before: readonly TagData[]; added: TagData[]; removed: TagData[] }
  );

/** What of a change is one: tags that are there already are not given again, those that are not there are not taken. */
export function judgeTagChange(held: readonly TagData[], { holderId, customerId, add, remove }: TagChange): TagVerdict {
  const has = new Set(held.map(({ id }) => id));
  const gives = new Set(add.map(({ id }) => id));
  const added = [...new Map(add.map((tag) => [tag.id, tag])).values()].filter(({ id }) => !has.has(id));
  const removed = held.filter(({ id }) => remove.includes(id) && !gives.has(id));
  const holder = { holderId, customerId };
  if (added.length === 0 && removed.length === 0) return { ...holder, outcome: 'unchanged' };
  // Taking some of too many is no reason to refuse.
  if (added.length > 0 && held.length + added.length - removed.length > tagsPerHolder)
    return { ...holder, outcome: 'failed', code: 'tag_limit', data: { limit: tagsPerHolder } };
  return { ...holder, outcome: 'changed', before: held, added, removed };
}
