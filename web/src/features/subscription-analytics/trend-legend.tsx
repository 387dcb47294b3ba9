import { useMemo } from 'react';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { LegendButton } from '../../ui/charts/legend.tsx';
import type { Trend } from './queries.ts';
import { holdings, shareOf } from './trend-series.ts';

/** The newest numbers, their shares, and their change against the end of the time before; each name switches its line. */
export function TrendLegend({
  trend: { points, previous },
  hidden,
  onHide,
}: {
  trend: Trend;
  hidden: readonly string[];
  onHide: (hidden: string[]) => void;
}) {
  const { t, f, language } = useText();
  const numbers = useMemo(() => numbersFor(language), [language]);
  const last = points.at(-1);
  const before = previous.at(-1);
  if (last === undefined) return null;
  const rows = [
    ...holdings.map(({ key, tone }) => ({
      key,
      value: last[key],
      share: shareOf(last, key),
      earlier: before?.[key] ?? null,
      mark: (
        <LegendButton series={{ key, tone, name: t(`analytics.holding.${key}`) }} hidden={hidden} onHide={onHide} />
      ),
    })),
    ...((last.over ?? 0) === 0
      ? []
      : [
          {
            key: 'over',
            value: last.over,
            share: null,
            earlier: before?.over ?? null,
            mark: t('analytics.holding.over'),
          },
        ]),
  ];
  const hasEarlier = rows.some(({ earlier }) => earlier !== null);
  return (
    <table className="plain-table trend-legend">
      <caption>{t('analytics.trend.now')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('analytics.trend.now')}</th>
          <th scope="col">{t('analytics.trend.licenses')}</th>
          <th scope="col">
            <small>{t('analytics.unit.percent')}</small>
          </th>
          {hasEarlier ? <th scope="col">{t('analytics.trend.change')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, value, share, earlier, mark }) => (
          <tr key={key}>
            <th scope="row">{mark}</th>
            <td className={key === 'over' ? 'bad strong' : 'strong'}>{value === null ? '' : f.number(value)}</td>
            <td className="quiet">{share === null ? '' : numbers.fixed(share, 1)}</td>
            {hasEarlier ? (
              <td className="quiet">{value === null || earlier === null ? '' : numbers.signed(value - earlier, 0)}</td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
