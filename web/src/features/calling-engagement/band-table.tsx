import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { LegendButton } from '../../ui/charts/legend.tsx';
import { TrendLine } from '../../ui/charts/trend-line.tsx';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import { changeText, isWorse, metricText, numbersOf } from './metric-words.ts';
import type { Figures } from './use-figures.ts';

const bands = [
  { key: 'usersNone', tone: 'none' },
  { key: 'usersLight', tone: 'light' },
  { key: 'usersRegular', tone: 'regular' },
  { key: 'usersHeavy', tone: 'heavy' },
] as const;

/** The bands in numbers; each name switches its band in the picture above. */
export function BandTable({
  figures,
  hidden,
  onHide,
  rowsOf,
}: {
  figures: Figures;
  /** Where who is in a band stands; null where nobody does. */
  rowsOf: (band: (typeof bands)[number]['key']) => EngagementSearch | null;
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const { regularFrom, heavyFrom } = figures.trend.bands;
  const names = {
    usersNone: t('band.none'),
    usersLight: t('band.light', { to: regularFrom - 1 }),
    usersRegular: t('band.regular', { from: regularFrom, to: heavyFrom - 1 }),
    usersHeavy: t('band.heavy', { from: heavyFrom }),
  };
  const all = bands.reduce((sum, { key }) => sum + (figures.now(key) ?? 0), 0);
  const isKnown = bands.some(({ key }) => figures.now(key) !== null);
  const changes = bands.map(({ key }) => figures.change(key));
  const changeOfAll = changes.every((change) => change !== null)
    ? changes.reduce((sum, change) => sum + change, 0)
    : null;
  const columns = bands.map(({ key }) => numbersOf(figures.trend.totals, key));
  const sums = figures.trend.buckets.map((_, index) => {
    const known = columns.flatMap((column) => column[index] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  const title = t('engagement.bands');
  return (
    <table className="plain-table bands">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('engagement.axis.users.head')}</th>
          <th scope="col">
            {t('engagement.share')} <small>{t('engagement.unit.percent')}</small>
          </th>
          <th scope="col">{t('engagement.change')}</th>
          <th scope="col">{t('engagement.trend')}</th>
        </tr>
      </thead>
      <tbody>
        {bands.map(({ key, tone }) => {
          const value = figures.now(key);
          const change = figures.change(key);
          return (
            <tr key={key}>
              <th scope="row">
                <LegendButton series={{ key, tone, name: names[key] }} hidden={hidden} onHide={onHide} />
              </th>
              <td>
                {value === null ? (
                  ''
                ) : (
                  <BandNumber
                    name={names[key]}
                    text={metricText(key, value, numbers)}
                    rows={value === 0 ? null : rowsOf(key)}
                  />
                )}
              </td>
              <td>{value === null || all === 0 ? '' : numbers.fixed((value / all) * 100, 1)}</td>
              <td className={change !== null && isWorse(key, change) ? 'bad' : undefined}>
                {change === null ? '' : changeText(key, change, numbers)}
              </td>
              <td>
                <TrendLine values={numbersOf(figures.trend.totals, key)} tone="quiet" />
              </td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('engagement.bands.all')}</th>
          <td>{isKnown ? numbers.fixed(all, 0) : ''}</td>
          <td>{all === 0 ? '' : numbers.fixed(100, 1)}</td>
          <td>{changeOfAll === null ? '' : numbers.signed(changeOfAll, 0)}</td>
          <td>
            <TrendLine values={sums} tone="quiet" />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function BandNumber({ name, text, rows }: { name: string; text: string; rows: EngagementSearch | null }) {
  const { t } = useText();
  if (rows === null) return text;
  return (
    <EngagementLink
      search={rows}
      hash="rows"
      className="count"
      aria-label={t('engagement.kpi.open', { name, value: text })}
    >
      {text}
    </EngagementLink>
  );
}
