import type { CustomerRow } from '@hub/contract/customers';
import { regionLabels } from '@hub/contract/regions';
import { Link } from '@tanstack/react-router';
import {
  LicensesBar,
  reasonTexts,
  type Sign,
  signsOf,
  StatusAct,
  statusLooks,
  statusWord,
} from '../customers/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import type { AttentionGroup } from './use-attention.ts';

/** The customers of one reason: who, why, and the next act. */
export function AttentionRows({ group: { status, filter, rows, today, count } }: { group: AttentionGroup }) {
  const { t, f } = useText();
  const word = statusWord(status, t);
  return (
    <section aria-labelledby={`attention-${status}`}>
      <div className="attention-head">
        <h3 id={`attention-${status}`}>
          <span className="attention-glyph" data-ground={statusLooks[status].ground}>
            <Glyph name={statusLooks[status].glyph} />
          </span>
          {word} {count === undefined ? null : <span className="quiet num">{f.number(count)}</span>}
        </h3>
        {count !== undefined && count > rows.length ? (
          <Link
            to="/customers"
            search={{ q: filter }}
            preload={false}
            aria-label={`${word}: ${t('overview.all', { count })}`}
          >
            {t('overview.all', { count })}
          </Link>
        ) : null}
      </div>
      <ul className="attention-rows">
        {rows.map((row) => {
          const sign = signsOf(row).find((one) => one.status === status);
          return sign === undefined ? null : <AttentionRow key={row.id} row={row} sign={sign} today={today} />;
        })}
      </ul>
    </section>
  );
}

function AttentionRow({ row, sign, today }: { row: CustomerRow; sign: Sign; today: string }) {
  const { t, f } = useText();
  const [first = '', ...others] = reasonTexts(sign, today, t, f, row.next);
  return (
    <li>
      <Link to="/customers/$customerId" params={{ customerId: row.id }} className="name" preload={false}>
        <bdi>{row.name}</bdi>
      </Link>
      <span className="attention-why">
        <span>{first}</span>
        {others.length === 0 ? null : (
          <span className="quiet" title={others.join('\n')}>
            {t('overview.more', { count: others.length })}
          </span>
        )}
      </span>
      <span className="attention-licenses">
        <LicensesBar row={row} />
      </span>
      <span className="quiet attention-region">{regionLabels[row.region]}</span>
      <StatusAct entry={sign} customer={row} className="attention-act" />
    </li>
  );
}
