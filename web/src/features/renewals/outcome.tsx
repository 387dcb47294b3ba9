import type { RenewalMoney } from '@hub/contract/renewal-forecast';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { signedMoney } from './renewal-words.ts';

/** Money now, then and the difference: a row for each currency, since none is added to another. */
export function Outcome({
  seats,
  now,
  after,
  difference,
  warnings,
  notes,
}: {
  seats: { now: number; after: number };
  now: readonly RenewalMoney[];
  after: readonly RenewalMoney[];
  difference: readonly RenewalMoney[];
  warnings: readonly string[];
  notes: readonly string[];
}) {
  const { t, f } = useText();
  const amount = (of: readonly RenewalMoney[], currency: string): string =>
    of.flatMap((money) => (money.currency === currency ? [f.money(money.amount, currency)] : [])).join('');
  return (
    <div className="stack" aria-live="polite">
      <table className="outcome num">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('renewals.outcome.what')}</span>
            </th>
            <th scope="col">{t('renewals.outcome.now')}</th>
            <th scope="col">{t('renewals.outcome.then')}</th>
            <th scope="col">{t('renewals.outcome.difference')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('renewals.licenses')}</th>
            <td>{f.number(seats.now)}</td>
            <td>{f.number(seats.after)}</td>
            <td>
              {seats.after > seats.now ? '+' : ''}
              {f.number(seats.after - seats.now)}
            </td>
          </tr>
          {difference.map((money) => (
            <tr key={money.currency}>
              <th scope="row">{money.currency}</th>
              <td>{amount(now, money.currency)}</td>
              <td>{amount(after, money.currency)}</td>
              <td className={money.amount.startsWith('-') && Number(money.amount) !== 0 ? 'bad' : undefined}>
                {signedMoney(money, f)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {warnings.map((text) => (
        <p key={text} className="renewal-warning">
          <Glyph name="warning" /> <span>{text}</span>
        </p>
      ))}
      {notes.map((text) => (
        <p key={text} className="help">
          {text}
        </p>
      ))}
    </div>
  );
}
