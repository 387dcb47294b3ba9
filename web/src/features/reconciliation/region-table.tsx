import { findings } from '@hub/contract/reconciliation-rules';
import type { RegionCode } from '@hub/contract/regions';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { State } from '../../ui/glyph.tsx';
import { RegionsTable } from '../../ui/regions-table.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { headerQuery, type Reconciliation } from './queries.ts';
import type { ReconciliationSearch } from './search.ts';

interface Row {
  region: RegionCode;
  told: Reconciliation | undefined;
  isSilent: boolean;
}

/** All regions: a row each with its findings, never their customers. */
export function RegionTable({ regions, search }: { regions: readonly RegionCode[]; search: ReconciliationSearch }) {
  const { t, f } = useText();
  const answers = useQueries({ queries: regions.map((region) => headerQuery(region, search)) });
  const rows = regions.map((region, index): Row => {
    const answer = answers[index];
    return {
      region,
      told: answer?.isPlaceholderData === true ? undefined : answer?.data,
      isSilent: answer?.isError === true,
    };
  });
  const title = t('reconciliation.regions');
  const name = ({ region }: Row) => (
    <Link to="/reconciliation" search={{ ...search, region }} className="name" activeProps={{}} preload={false}>
      {t(`region.${region}`)}
    </Link>
  );
  const value = ({ told }: Row, finding: (typeof findings)[number]): string => {
    const lines = told?.findings.find((one) => one.finding === finding)?.lines;
    return lines === undefined ? '' : f.number(lines);
  };
  const silent = <State glyph="late" word={t('reconciliation.regions.silent')} />;
  const columns: Column<Row>[] = [
    { key: 'region', head: t('common.region'), width: 220, cell: name },
    {
      key: 'lines',
      head: t('reconciliation.regions.lines'),
      width: 110,
      isNumber: true,
      cell: (row) => (row.isSilent ? silent : row.told === undefined ? '' : f.number(row.told.lines)),
    },
    ...findings.map(
      (finding): Column<Row> => ({
        key: finding,
        head: t(`reconciliation.finding.${finding}`),
        width: 128,
        isNumber: true,
        cell: (row) => value(row, finding),
      }),
    ),
  ];
  return (
    <section aria-label={title}>
      <div className="rows-bar">
        <div className="section-head">
          <h2>{title}</h2>
          <span className="quiet">{t('reconciliation.regions.hint')}</span>
        </div>
      </div>
      <RegionsTable name={title} columns={columns} rows={rows} />
    </section>
  );
}
