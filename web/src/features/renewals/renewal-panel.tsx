import { CustomerId } from '@hub/contract/ids';
import { type Product, productNames } from '@hub/contract/products';
import { whatIf } from '@hub/contract/renewal-forecast';
import type { RenewalRow } from '@hub/contract/renewals';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { ChangeFields, noPercents } from './change-fields.tsx';
import { NumberField } from './number-field.tsx';
import { Outcome } from './outcome.tsx';
import { renewalQuery } from './queries.ts';
import { ReduceDay, RenewalLink } from './renewal-columns.tsx';
import { endText, fieldText, unpricedOf, workFields } from './renewal-words.ts';
import type { Save } from './use-work.ts';
import { WorkCell } from './work-cell.tsx';

/** One renewal beside the list: what it is about, the work on it, what if, and the work on the terms before. */
export function RenewalPanel({
  row,
  today,
  save,
  onClose,
}: {
  row: RenewalRow;
  today: string;
  save: Save | undefined;
  onClose: () => void;
}) {
  const { t, f } = useText();
  return (
    <SidePanel title={row.customerName} name={t('renewals.panel', { reference: row.reference })} onClose={onClose}>
      <div className="stack renewal-panel">
        <p>
          <RenewalLink row={row} /> · {endText(row, { t, f })}
        </p>
        <p>
          <Link to="/customers/$customerId" params={{ customerId: CustomerId.parse(row.customerId) }} preload={false}>
            {t('renewals.toCustomer')}
          </Link>
        </p>
        <dl className="renewal-facts">
          {row.lastDayToReduce === null ? null : (
            <div>
              <dt>{t('renewals.lastDayToReduce')}</dt>
              <dd>
                <ReduceDay row={row} today={today} words={{ t, f }} />
              </dd>
            </div>
          )}
          {workFields
            .filter((field) => field !== 'noticeDays' || row.autoRenews)
            .map((field) => (
              <div key={field}>
                <dt>{t(`renewals.${field}`)}</dt>
                <dd>
                  <WorkCell row={row} field={field} save={save} />
                </dd>
              </div>
            ))}
        </dl>
        <RowWhatIf row={row} today={today} />
        <Past row={row} />
      </div>
    </SidePanel>
  );
}

/** One percent for all products, or a number for some of them. */
function RowWhatIf({ row, today }: { row: RenewalRow; today: string }) {
  const { t, f } = useText();
  const [percents, setPercents] = useState(noPercents);
  const [seats, setSeats] = useState<Partial<Record<Product, number>>>({});
  const outcome = whatIf({ ...row, noticeDays: row.work.noticeDays }, { ...percents, seats }, today);
  const below = outcome.products.filter(({ isBelowAssigned }) => isBelowAssigned);
  const unpriced = unpricedOf(row.products);
  return (
    <section className="stack" aria-label={t('renewals.whatIf.title')}>
      <h3>{t('renewals.whatIf.title')}</h3>
      <ChangeFields
        value={percents}
        onChange={(next) => {
          setPercents(next);
          // Another percent is meant for all of them.
          if (next.seatsPercent !== percents.seatsPercent) setSeats({});
        }}
      />
      <p className="help">{t('renewals.whatIf.rounding')}</p>
      {outcome.products.map((own) => (
        <NumberField
          key={own.product}
          label={productNames[own.product]}
          description={
            own.assigned === null
              ? t('renewals.whatIf.ordered', { ordered: own.ordered })
              : t('renewals.whatIf.orderedAssigned', { ordered: own.ordered, assigned: own.assigned })
          }
          value={own.seats}
          min={0}
          max={10_000_000}
          onChange={(next) => setSeats({ ...seats, [own.product]: next })}
        />
      ))}
      <Outcome
        seats={{
          now: row.products.reduce((sum, { ordered }) => sum + ordered, 0),
          after: outcome.products.reduce((sum, own) => sum + own.seats, 0),
        }}
        now={outcome.now}
        after={outcome.after}
        difference={outcome.difference}
        warnings={[
          ...below.map(({ product, seats: left, assigned }) =>
            t('renewals.warning.belowAssigned', {
              product: productNames[product],
              seats: left,
              assigned: assigned ?? 0,
            }),
          ),
          ...(outcome.isTooLate && row.lastDayToReduce !== null
            ? [t('renewals.warning.tooLate', { date: f.date(row.lastDayToReduce) })]
            : []),
        ]}
        notes={[
          ...(unpriced.length > 0 ? [t('renewals.forecast.without', { products: f.list(unpriced) })] : []),
          t('renewals.whatIf.term', { months: row.nextTermMonths }),
          t('renewals.whatIf.notStored'),
        ]}
      />
    </section>
  );
}

function Past({ row }: { row: RenewalRow }) {
  const { t, f } = useText();
  const { data } = useQuery(renewalQuery(row.subscriptionId));
  const past = data?.past ?? [];
  if (past.length === 0) return null;
  return (
    <section className="stack" aria-label={t('renewals.past')}>
      <h3>{t('renewals.past')}</h3>
      {past.map((work) => (
        <div key={work.termEndsOn}>
          <p className="strong">{t('renewals.past.term', { date: f.date(work.termEndsOn) })}</p>
          <p>{[fieldText('stage', work, t), fieldText('owner', work, t)].join(' · ')}</p>
          {work.note === '' ? null : <p className="wrap renewal-note">{work.note}</p>}
        </div>
      ))}
    </section>
  );
}
