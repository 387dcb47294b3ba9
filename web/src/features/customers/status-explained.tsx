import type { CustomerRow } from '@hub/contract/customers';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { StatusAct } from './status-act.tsx';
import { reasonTexts, type Sign, statusLooks, statusWord } from './status-words.ts';
import './status-badge.css';

/** A status in full, for a page or a panel: badge, every reason as a sentence, since when, and what to do next. */
export function StatusExplained({
  entry,
  today,
  next = null,
  customerId,
}: {
  entry: Sign;
  /** The date in the partner's zone that came with the customer. */
  today: string;
  next?: CustomerRow['next'];
  customerId: string;
}) {
  const { t, f } = useText();
  const { glyph, ground } = statusLooks[entry.status];
  return (
    <div className="status-explained">
      <p>
        <span className="status-badge" data-ground={ground}>
          <Glyph name={glyph} />
          <span className="status-word">{statusWord(entry.status, t)}</span>
        </span>
        <span className="help">
          {t(entry.since > today ? 'status.sinceFuture' : 'status.since', { date: f.date(entry.since) })}
        </span>
      </p>
      <ul>
        {reasonTexts(entry, today, t, f, next).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <StatusAct entry={entry} customer={{ id: customerId }} />
    </div>
  );
}
