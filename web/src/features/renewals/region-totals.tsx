import type { RegionCode } from '@hub/contract/regions';
import { RenewalUrgency } from '@hub/contract/renewal-rules';
import type { RenewalTotal } from '@hub/contract/renewals';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { RegionsTable } from '../../ui/regions-table.tsx';
import type { Column } from '../../ui/table-columns.ts';
import { totalsQuery } from './queries.ts';
import type { RenewalsSearch } from './renewals-search.ts';
import { moneyText } from './renewal-words.ts';

interface Row {
  region: RegionCode;
  totals: RenewalTotal[];
}

/** Numbers of renewals lie in the directory: of each region that is served there is an answer. */
export function RegionsChip({ search }: { search: RenewalsSearch }) {
  const { t, f } = useText();
  const { data } = useQuery(totalsQuery('all', search));
  if (data === undefined) return null;
  const total = data.regions.length;
  return (
    <span className="chip num">
      <Glyph name="done" />
      {t('region.answered', { answered: total, total })}, {f.day(data.today)}
    </span>
  );
}

/** All regions: a row each with what it has of every urgency, never their customers. */
export function RegionTotals({ search }: { search: RenewalsSearch }) {
  const { t, f } = useText();
  const { data } = useQuery(totalsQuery('all', search));
  if (data === undefined) return null;
  const title = t('renewals.regions');
  const name = ({ region }: Row) => (
    <Link to="/renewals" search={{ ...search, region, open: undefined }} className="name" preload={false}>
      {t(`region.${region}`)}
    </Link>
  );
  const value = ({ totals }: Row, urgency: RenewalUrgency): string => {
    const own = totals.find((total) => total.urgency === urgency);
    if (own === undefined) return '';
    return [f.number(own.rows), moneyText(own.forecast, f)].filter((text) => text !== '').join(' · ');
  };
  const columns: Column<Row>[] = [
    { key: 'region', head: t('common.region'), width: 240, cell: name },
    ...RenewalUrgency.options.map(
      (urgency): Column<Row> => ({
        key: urgency,
        head: t(`renewals.urgency.${urgency}`),
        width: 220,
        isNumber: true,
        cell: (row) => value(row, urgency),
      }),
    ),
  ];
  return (
    <section className="renewal-regions" aria-label={title}>
      <p className="quiet">{t('renewals.chooseRegion')}</p>
      <RegionsTable name={title} columns={columns} rows={data.regions} />
    </section>
  );
}
