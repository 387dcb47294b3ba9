import { withoutSpan } from '@hub/contract/customer-query-bar';
import { IconX } from '@tabler/icons-react';
import { useText } from '../../lib/i18n.ts';
import { chipWords } from './query-words.ts';
import { conditionsOf } from './query-text.ts';

/** The conditions of a filter, each with its ×; a click on its words takes it back into the field. */
export function QueryChips({
  filter,
  onRemove,
  onEdit,
}: {
  filter: string;
  onRemove: (rest: string) => void;
  onEdit: (source: string, rest: string) => void;
}) {
  const { t, f } = useText();
  return conditionsOf(filter).map((condition, at) => {
    const words = chipWords(condition, t, f);
    const rest = withoutSpan(filter, condition.part);
    const name = words === null ? condition.source : [words.label, words.verb, words.value].filter(Boolean).join(' ');
    return (
      <span key={`${at} ${condition.source}`} className="query-chip">
        <button
          type="button"
          className="query-chip-words"
          title={condition.source}
          aria-label={t('chip.edit', { name })}
          onClick={() => onEdit(condition.source, rest)}
        >
          {words === null ? (
            <span className="mono">{condition.source}</span>
          ) : (
            <>
              {words.label} {words.verb} <strong>{words.value}</strong>
            </>
          )}
        </button>
        <button
          type="button"
          className="query-chip-remove"
          aria-label={t('chip.remove', { name })}
          onClick={() => onRemove(rest)}
        >
          <IconX size={12} stroke={1.8} aria-hidden="true" />
        </button>
      </span>
    );
  });
}
