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

const roomForTwo = 8; // letters: one long name takes the whole cell

/** The first, a second one where both are short, and how many more. */
export function TagChips({ tags }: { tags: readonly TagMark[] }) {
  const { t, f } = useText();
  const letters = tags.slice(0, 2).reduce((sum, { name }) => sum + [...name].length, 0);
  const shown = tags.slice(0, letters > roomForTwo ? 1 : 2);
  const further = tags.slice(shown.length);
  const words = t('tags.further', { count: further.length, names: f.list(further.map(({ name }) => name)) });
  return (
    <span className="tag-chips">
      {shown.map((tag) => (
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
