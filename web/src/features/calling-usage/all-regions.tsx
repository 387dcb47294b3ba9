import type { getCallingUsageByRegion } from '@hub/contract/calling-usage';
import type { ReplyOf } from '@hub/contract/endpoint';
import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { useIsPhone } from '../../lib/media.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { Glyph, State } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { cellText, measureKeys, measureName, measureUnit } from './measure-words.ts';
import { MissingFeeds } from './missing-feeds.tsx';
import { PolicyNote } from './policy-note.tsx';
import { regionsQuery } from './queries.ts';
import type { Range } from './range.ts';
import { headWidth } from './usage-columns.tsx';

type RegionRow = ReplyOf<typeof getCallingUsageByRegion>['items'][number];

/** Aggregates only; a region that did not answer is named. */
export function AllRegions({ range }: { range: Range }) {
  const { t, f } = useText();
  const isPhone = useIsPhone();
  const { data, error, refetch } = useQuery(regionsQuery(range));
  const columns = useMemo<Column<RegionRow>[]>(() => {
    const answeredCustomers = data?.items.reduce((sum, row) => sum + row.customers, 0) ?? 0;
    return [
      {
        key: 'region',
        head: t('common.region'),
        width: 220,
        cell: (row) => <RegionName row={row} range={range} />,
        total: t('region.all'),
      },
      {
        key: 'customers',
        head: t('usage.regions.customers'),
        width: 100,
        isNumber: true,
        cell: (row) =>
          row.hasAnswered ? f.number(row.customers) : <State glyph="late" word={t('usage.regions.noAnswer')} />,
        total: f.number(answeredCustomers),
      },
      ...measureKeys.map((key): Column<RegionRow> => {
        const unit = measureUnit(key, t);
        return {
          key,
          head: measureName(key, t),
          ...(unit === undefined ? {} : { unit }),
          width: headWidth(key, t),
          isNumber: true,
          cell: (row) => (row.hasAnswered ? cellText(row.cells, key, f) : null),
          total: data === undefined ? null : cellText(data.totals, key, f),
        };
      }),
    ];
  }, [t, f, data, range]);
  if (data === undefined)
    return error === null ? <SkeletonRows rows={5} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  const silent = data.items.filter((row) => !row.hasAnswered).map((row) => regionLabels[row.region]);
  return (
    <>
      <div className="usage-bar">
        <div className="section-head">
          <h2>{t('usage.regions')}</h2>
          <span className="quiet">{t('usage.regions.hint')}</span>
        </div>
        <span className="chip end">
          <Glyph name={silent.length === 0 ? 'done' : 'late'} />
          {t('region.answered', { answered: data.items.length - silent.length, total: data.items.length })}
        </span>
      </div>
      {silent.length === 0 ? null : (
        <ul className="missing">
          <li>
            <Glyph name="late" />
            {t('region.silent', { regions: f.list(silent) })}
          </li>
        </ul>
      )}
      <MissingFeeds missing={data.missingFeeds} />
      <PolicyNote {...data} />
      {isPhone ? (
        <ul className="region-lines">
          {data.items.map((row) => (
            <li key={row.region} className="lines">
              <div>
                <RegionName row={row} range={range} />
                <span className="num strong">
                  {row.hasAnswered ? cellText(row.cells, 'calls', f) : t('usage.regions.noAnswer')}
                </span>
              </div>
              <div className="help num">
                <span>{row.hasAnswered ? t('count.customers', { count: row.customers }) : ''}</span>
                <span>{measureName('calls', t)}</span>
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <div className="usage-table">
          <DataTable
            name={t('usage.regions')}
            columns={columns}
            rows={data.items}
            rowCount={data.items.length}
            rowKey={(row) => row.region}
            rowHeight={36}
            hasTotals
          />
        </div>
      )}
    </>
  );
}

function RegionName({ row, range }: { row: RegionRow; range: Range }) {
  const { t } = useText();
  return (
    <Link to="/analytics/calling-usage" search={{ region: row.region, ...range }} className="name">
      {t(`region.${row.region}`)}
    </Link>
  );
}
