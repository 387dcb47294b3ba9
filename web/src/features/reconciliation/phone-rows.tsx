import { Button } from '@mantine/core';
import { productNames } from '@hub/contract/products';
import type { ReconciliationRow } from '@hub/contract/reconciliation';
import { useState } from 'react';
import { State } from '../../ui/glyph.tsx';
import { billingText, SubscriptionLink, type Words } from './columns.tsx';
import { findingGlyphs, signedMoney } from './finding-words.ts';

const step = 20;

/** The lines on a phone, some at a time. */
export function PhoneRows({
  name,
  rows,
  words,
  hasMore,
  isBusy,
  onMore,
}: {
  name: string;
  rows: readonly ReconciliationRow[];
  words: Words;
  hasMore: boolean;
  isBusy: boolean;
  onMore: () => void;
}) {
  const { t } = words;
  const [count, setCount] = useState(step);
  const showMore = () => {
    setCount(count + step);
    if (count + 2 * step > rows.length) onMore();
  };
  return (
    <>
      <ul className="reconciliation-list" aria-label={name}>
        {rows.slice(0, count).map((row) => (
          <PhoneRow key={row.key} row={row} words={words} />
        ))}
      </ul>
      {hasMore || rows.length > count ? (
        <div className="more">
          <Button variant="subtle" loading={isBusy} onClick={showMore}>
            {t('action.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function PhoneRow({ row, words }: { row: ReconciliationRow; words: Words }) {
  const { t, f } = words;
  const { finding, reason, money } = row;
  const number = (key: 'bought' | 'assigned' | 'billed') => (
    <div>
      <dt>{t(`reconciliation.col.${key}`)}</dt>
      <dd className="num">{row[key] === null ? t('reconciliation.unknown') : f.number(row[key])}</dd>
    </div>
  );
  return (
    <li className="lines reconciliation-line">
      <div>
        <SubscriptionLink row={row} hash={row.subscriptionId}>
          <span className="strong wrap">{row.customerName}</span>
        </SubscriptionLink>
        {money === null || money.amount === '0' ? null : <span className="num strong">{signedMoney(money, f)}</span>}
      </div>
      <div>
        <span className="mono quiet wrap">{row.reference}</span>
        <span className="quiet">{productNames[row.product]}</span>
      </div>
      <State glyph={findingGlyphs[finding]} word={t(`reconciliation.finding.${finding}`)} />
      {reason === null ? null : <span className="help">{t(`reconciliation.reason.${reason}`)}</span>}
      <dl>
        {number('bought')}
        {number('assigned')}
        {number('billed')}
      </dl>
      {row.billing === null ? null : (
        <SubscriptionLink row={row} hash="invoices">
          <span className="help">{billingText(row, words)}</span>
        </SubscriptionLink>
      )}
    </li>
  );
}
