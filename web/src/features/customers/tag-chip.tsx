import type { TagMark } from '@hub/contract/customer-tags';
import { useText } from '../../lib/i18n.ts';

/** A tag: its name, and a mark in its colour. Flat left and round right. */
export function TagChip({ tag }: { tag: Pick<TagMark, 'name' | 'color'> }) {
  return (
    <span className="tag-chip" data-color={tag.color} title={tag.name}>
      <span className="cut">{tag.name}</span>
    </span>
  );
}

/** The first two, and how many more. */
export function TagChips({ tags }: { tags: readonly TagMark[] }) {
  const { t, f } = useText();
  const further = tags.slice(2);
  const words = t('tags.further', { count: further.length, names: f.list(further.map(({ name }) => name)) });
  return (
    <span className="tag-chips">
      {tags.slice(0, 2).map((tag) => (
        <TagChip key={tag.id} tag={tag} />
      ))}
      {further.length === 0 ? null : (
        <span className="help" title={words}>
          <span aria-hidden="true">+{f.number(further.length)}</span>
          <span className="unseen">{words}</span>
        </span>
      )}
    </span>
  );
}
