import type { RegionCode } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { FormulaPopover } from '../../ui/formula-popover.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { KpiCell, KpiSkeleton, KpiValue } from '../../ui/kpi-cell.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { findingGlyphs, signedMoney } from './finding-words.ts';
import { headerQuery, type Reconciliation } from './queries.ts';
import type { ReconciliationSearch } from './search.ts';

type Told = Reconciliation['findings'][number];

/** By finding so many lines, customers and money a month. Each leads to its lines, and back to all of them. */
export function FindingStrip({ region, search }: { region: RegionCode | 'all'; search: ReconciliationSearch }) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(headerQuery(region, search));
  if (data === undefined)
    return error === null ? <KpiSkeleton count={7} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <section className="kpi-strip findings" aria-label={t('reconciliation.findings')}>
      {data.findings.map((told) => (
        <FindingCell key={told.finding} told={told} search={search} isOfAll={region === 'all'} />
      ))}
    </section>
  );
}

function FindingCell({
  told: { finding, lines, customers, money, withoutPrice },
  search,
  isOfAll,
}: {
  told: Told;
  search: ReconciliationSearch;
  isOfAll: boolean;
}) {
  const { t, f } = useText();
  const name = t(`reconciliation.finding.${finding}`);
  const isChosen = search.finding === finding;
  const differing = money.filter(({ amount }) => amount !== '0');
  const value = <KpiValue text={f.number(lines)} unit={t('reconciliation.lines', { count: lines })} />;
  return (
    <KpiCell
      name={name}
      info={
        <FormulaPopover name={name} label={t('reconciliation.rule', { name })}>
          {() => (
            <>
              <p>{t(`reconciliation.finding.${finding}.rule`)}</p>
              <p className="help">
                {t(`reconciliation.money.${finding === 'assigned_beyond_billed' ? 'assigned' : 'bought'}`)}
              </p>
            </>
          )}
        </FormulaPopover>
      }
      link={
        isOfAll ? (
          value
        ) : (
          <Link
            to="/reconciliation"
            search={{ ...search, finding: isChosen ? undefined : finding }}
            resetScroll={false}
            className="kpi-link"
            aria-label={t(isChosen ? 'reconciliation.showAll' : 'reconciliation.showOf', { name, lines })}
            aria-current={isChosen ? 'true' : undefined}
            activeProps={{}}
          >
            {value}
          </Link>
        )
      }
    >
      <span className="finding-facts">
        <Glyph name={findingGlyphs[finding]} /> {t('count.customers', { count: customers })}
        {differing.map((one) => (
          <span key={one.currency} className="finding-money">
            {t('reconciliation.aMonth', { money: signedMoney(one, f) })}
          </span>
        ))}
        {withoutPrice === 0 ? null : (
          <span className="finding-money">{t('reconciliation.withoutPrice', { count: withoutPrice })}</span>
        )}
      </span>
    </KpiCell>
  );
}
