import type { RegionCode } from '@hub/contract/regions';
import type { RenewalTotal } from '@hub/contract/renewals';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { FormulaPopover } from '../../ui/formula-popover.tsx';
import { KpiCell, KpiSkeleton, KpiValue } from '../../ui/kpi-cell.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { totalsQuery } from './queries.ts';
import type { Go, RenewalsSearch } from './renewals-search.ts';
import { moneyText } from './renewal-words.ts';

/** How many there are of each urgency and what they bring, each currency by itself; a press shows only those. */
export function UrgencyStrip({ region, search, go }: { region: RegionCode | 'all'; search: RenewalsSearch; go: Go }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(totalsQuery(region, search));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <KpiSkeleton count={3} />;
  return (
    <section className="kpi-strip renewal-strip" aria-label={t('renewals.urgencies')}>
      {data.totals.map((total) => (
        <UrgencyCell key={total.urgency} total={total} search={search} go={region === 'all' ? undefined : go} />
      ))}
    </section>
  );
}

function UrgencyCell({ total, search, go }: { total: RenewalTotal; search: RenewalsSearch; go: Go | undefined }) {
  const { t, f } = useText();
  const { urgency, rows, customers, licenses, forecast, unpriced } = total;
  const isChosen = search.urgency === urgency;
  const name = t(`renewals.urgency.${urgency}`);
  const value = <KpiValue text={f.number(rows)} />;
  return (
    <KpiCell
      name={name}
      info={
        <FormulaPopover name={name} label={t('renewals.urgency.rule', { name })}>
          {() => <p>{t(`renewals.urgency.${urgency}.rule`)}</p>}
        </FormulaPopover>
      }
      link={
        go === undefined ? (
          value
        ) : (
          <button
            type="button"
            className="kpi-link"
            aria-pressed={isChosen}
            aria-label={t('renewals.urgency.show', { name, rows })}
            onClick={() => go({ urgency: isChosen ? undefined : urgency })}
          >
            {value}
          </button>
        )
      }
    >
      <span className="strong">
        {forecast.length === 0 && rows > 0 ? t('renewals.forecast.none') : moneyText(forecast, f)}
      </span>
      <span>{t('renewals.strip', { customers, licenses })}</span>
      {unpriced > 0 ? <span>{t('renewals.unpriced', { rows: unpriced })}</span> : null}
    </KpiCell>
  );
}
