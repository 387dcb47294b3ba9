import { healthBands, type HealthSums } from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { Glyph, State } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { RegionsTable } from '../../ui/regions-table.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { healthTotalsQuery } from './queries.ts';

interface Row {
  /** Null: all that answered. */
  region: RegionCode | null;
  sums: HealthSums | null;
}

/** All regions: a row of numbers each, never their customers. */
export function HealthRegions({ filter }: { filter: string | undefined }) {
  const { t, f } = useText();
  const { data, error, refetch } = useQuery(healthTotalsQuery(filter));
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={4} />;
  const silent = data.regions.flatMap(({ region, sums }) => (sums === null ? [t(`region.${region}`)] : []));
  const rows: Row[] = [...data.regions, { region: null, sums: data.totals }];
  const title = t('health.regions');
  const name = ({ region }: Row) =>
    region === null ? (
      <span className="strong">{t('region.all')}</span>
    ) : (
      <Link
        to="/customer-health"
        search={{ region, ...(filter === undefined ? {} : { filter }) }}
        className="name"
        activeProps={{}}
        preload={false}
      >
        {t(`region.${region}`)}
      </Link>
    );
  const noAnswer = <State glyph="late" word={t('health.regions.silent')} />;
  const numbers: { key: string; head: string; value: (sums: HealthSums) => string }[] = [
    { key: 'customers', head: t('health.regions.customers'), value: ({ customers }) => f.number(customers) },
    {
      key: 'mean',
      head: t('health.regions.mean'),
      value: ({ mean }) => (mean === null ? '' : f.decimal(mean)),
    },
    ...healthBands.map(({ from, to }, at) => ({
      key: `band-${from}`,
      head: t('health.regions.band', { from, to }),
      value: ({ bands }: HealthSums) => f.number(bands[at] ?? 0),
    })),
    {
      key: 'withoutScore',
      head: t('health.regions.withoutScore'),
      value: ({ withoutScore }) => f.number(withoutScore),
    },
  ];
  const columns: Column<Row>[] = [
    { key: 'region', head: t('common.region'), width: 240, cell: name },
    ...numbers.map(
      ({ key, head, value }, at): Column<Row> => ({
        key,
        head,
        width: 140,
        isNumber: true,
        cell: ({ sums }) => (sums === null ? (at === 0 ? noAnswer : '') : value(sums)),
      }),
    ),
  ];
  return (
    <section aria-label={title}>
      <div className="rows-bar">
        <span className="quiet">{t('health.regions.hint')}</span>
        {silent.length === 0 ? null : <span>{t('region.silent', { regions: f.list(silent) })}</span>}
      </div>
      <RegionsTable name={title} columns={columns} rows={rows} />
    </section>
  );
}

/** How many regions answered, and which did not. */
export function RegionsChip({ filter }: { filter: string | undefined }) {
  const { t, f } = useText();
  const { data } = useQuery(healthTotalsQuery(filter));
  if (data === undefined) return null;
  const silent = data.regions.flatMap(({ region, sums }) => (sums === null ? [t(`region.${region}`)] : []));
  return (
    <span
      className="chip num"
      title={silent.length === 0 ? undefined : t('region.silent', { regions: f.list(silent) })}
    >
      <Glyph name={silent.length === 0 ? 'done' : 'late'} />
      {t('region.answered', { answered: data.regions.length - silent.length, total: data.regions.length })},{' '}
      {f.day(data.today)}
    </span>
  );
}
