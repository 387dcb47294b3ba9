import type { QueryError } from '@hub/contract/customer-query';
import { useText } from '../../lib/i18n.ts';
import { IconAlertCircle } from '@tabler/icons-react';
import { queryErrorText } from './query-words.ts';

const around = 30; // letters that tell where it is

/** What is wrong with a filter: the sentence, and the spot. */
export function QueryFault({ id, text, error }: { id: string; text: string; error: QueryError }) {
  const { t } = useText();
  const end = Math.max(error.at + error.length, error.at + 1);
  const from = Math.max(0, error.at - around);
  return (
    <div className="query-fault" id={id} role="alert">
      <IconAlertCircle size={15} stroke={1.8} aria-hidden="true" />
      <span>{queryErrorText(error, t)}</span>
      {error.at > text.length || text === '' ? null : (
        <code className="mono">
          {from > 0 ? '…' : ''}
          {text.slice(from, error.at)}
          <mark>{text.slice(error.at, end) || '\u00A0'}</mark>
          {text.slice(end, end + around)}
          {end + around < text.length ? '…' : ''}
        </code>
      )}
    </div>
  );
}
