import type { RegionCode } from '@hub/contract/regions';
import { type RenewalOutcome, sumOfMoney, whatIf } from '@hub/contract/renewal-forecast';
import type { RenewalRow } from '@hub/contract/renewals';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { ChangeFields, noPercents } from './change-fields.tsx';
import { Outcome } from './outcome.tsx';
import { type Tried, triedQuery } from './queries.ts';
import type { RenewalsSearch } from './renewals-search.ts';
import { unpricedOf } from './renewal-words.ts';

const pauseMilliseconds = 250;

/** What if all of the list, or all that is selected of it, renewed with other licenses or at another price? */
export function ListWhatIf({
  region,
  search,
  selected,
  today,
  onClose,
}: {
  region: RegionCode;
  search: RenewalsSearch;
  /** Empty: the whole list, also what is not loaded yet. */
  selected: readonly RenewalRow[];
  today: string;
  onClose: () => void;
}) {
  const { t } = useText();
  const [change, setChange] = useState(noPercents);
  const [asked] = useDebouncedValue(change, pauseMilliseconds);
  const isWhole = selected.length === 0;
  const { data, error, refetch } = useQuery({
    ...triedQuery(region, search, asked),
    enabled: isWhole,
    placeholderData: keepPreviousData,
  });
  const told = isWhole ? data : ofRows(selected, change, today);
  const title = t('renewals.whatIf.title');
  return (
    <SidePanel title={title} name={title} onClose={onClose}>
      <div className="stack">
        <p className="quiet">
          {told === undefined
            ? null
            : t(isWhole ? 'renewals.whatIf.list' : 'renewals.whatIf.selected', { rows: told.rows })}
        </p>
        <ChangeFields value={change} onChange={setChange} />
        <p className="help">{t('renewals.whatIf.rounding')}</p>
        {error === null || !isWhole ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
        {told === undefined ? null : (
          <Outcome
            seats={{ now: told.licenses, after: told.seats }}
            now={told.now}
            after={told.after}
            difference={told.difference}
            warnings={[
              ...(told.belowAssigned > 0
                ? [t('renewals.warning.belowAssigned.rows', { rows: told.belowAssigned })]
                : []),
              ...(told.tooLate > 0 ? [t('renewals.warning.tooLate.rows', { rows: told.tooLate })] : []),
            ]}
            notes={[
              ...(told.unpriced > 0 ? [t('renewals.unpriced', { rows: told.unpriced })] : []),
              t('renewals.whatIf.notStored'),
            ]}
          />
        )}
      </div>
    </SidePanel>
  );
}

type Sums = Omit<Tried, 'hasSnapshots'>;

/** Of the selected rows, by the rule that the server goes by. */
function ofRows(rows: readonly RenewalRow[], change: typeof noPercents, today: string): Sums {
  const tried = rows.map((row) => whatIf({ ...row, noticeDays: row.work.noticeDays }, change, today));
  const products = tried.flatMap((outcome) => outcome.products);
  const money = (key: 'now' | 'after' | 'difference') => sumOfMoney(tried.flatMap((outcome) => outcome[key]));
  const count = (is: (outcome: RenewalOutcome) => boolean): number => tried.filter(is).length;
  return {
    rows: rows.length,
    licenses: products.reduce((sum, { ordered }) => sum + ordered, 0),
    seats: products.reduce((sum, { seats }) => sum + seats, 0),
    now: money('now'),
    after: money('after'),
    difference: money('difference'),
    unpriced: rows.filter((row) => row.products.length === 0 || unpricedOf(row.products).length > 0).length,
    belowAssigned: count((outcome) => outcome.products.some(({ isBelowAssigned }) => isBelowAssigned)),
    tooLate: count(({ isTooLate }) => isTooLate),
  };
}
