import { ActionIcon, Popover } from '@mantine/core';
import { type MetricKey, metricOf } from '@hub/contract/metrics';
import { IconInfoCircle, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../lib/i18n.ts';
import { EngagementLink } from './engagement-link.tsx';
import type { EngagementSearch } from './engagement-search.ts';
import type { Kpi } from './kpis.ts';
import { metricName, metricText, metricUnit, numbersFor } from './metric-words.ts';
import type { Period } from './period.ts';
import type { Figures } from './use-figures.ts';

/** The (i) of a number: how it is counted, in words and with its numbers, of when, by which policy and data. */
export function FormulaButton({
  kpi,
  name,
  figures,
  period,
  rows,
}: {
  kpi: Kpi;
  name: string;
  figures: Figures;
  period: Period;
  rows: EngagementSearch;
}) {
  const { t, f, language } = useText();
  const [isOpen, setIsOpen] = useState(false);
  const numbers = numbersFor(language);
  const { key, parts, others = [] } = kpi;
  const { present } = figures;
  const text = (metric: MetricKey, value: number | null): string => {
    const unit = metricUnit(metric, t);
    return value === null
      ? t('chart.nothing')
      : `${metricText(metric, value, numbers)}${unit === undefined ? '' : ` ${unit}`}`;
  };
  const [over, under] = parts ?? [];
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-start" width={416} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={t('engagement.formula.of', { name })} onClick={() => setIsOpen(!isOpen)}>
          <IconInfoCircle size={15} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className="formula" aria-label={name}>
        <div className="formula-head">
          <h3>{name}</h3>
          <ActionIcon aria-label={t('action.close')} onClick={() => setIsOpen(false)}>
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        <p className="quiet">{t(`formula.${key}`)}</p>
        {over === undefined || under === undefined || !isQuotient(figures, key, over, under) ? null : (
          <p className="formula-numbers num">
            {text(over, figures.now(over))} ÷ {text(under, figures.now(under))} = {text(key, figures.now(key))}
          </p>
        )}
        <dl className="formula-facts">
          {others.map((other) => (
            <div key={other}>
              <dt>{metricName(other, t)}</dt>
              <dd className="num">{text(other, figures.now(other))}</dd>
            </div>
          ))}
          <div>
            <dt>{t(period.kind === 'week' ? 'engagement.formula.week' : 'engagement.formula.range')}</dt>
            <dd className="num">{f.dateRange(period.from, period.to)}</dd>
          </div>
          {metricOf(key).isJudged === true ? (
            <div>
              <dt>{t('quality.policy')}</dt>
              <dd>
                {t(`quality.policy.${present.policy}`)}, {t('quality.version', { version: present.policyVersion })}
              </dd>
            </div>
          ) : null}
          <div>
            <dt>{t('engagement.formula.feed')}</dt>
            <dd className="num">
              {t(`engagement.feed.${metricOf(key).feed}`)}
              {present.dataAsOf === null ? '' : `, ${f.shortDateTime(present.dataAsOf)} UTC`}
            </dd>
          </div>
        </dl>
        <p className="help">{t(`rule.${key}`)}</p>
        <EngagementLink search={rows} hash="rows" onClick={() => setIsOpen(false)}>
          {t('engagement.formula.rows')}
        </EngagementLink>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Of some customers the denominator is unknown: then the numbers shown are those of more customers than the share is of. */
function isQuotient({ now }: Figures, key: MetricKey, over: MetricKey, under: MetricKey): boolean {
  const [value, dividend, divisor] = [now(key), now(over), now(under)];
  if (value === null || dividend === null || divisor === null || divisor === 0) return false;
  return Math.abs((100 * dividend) / divisor - value) < 0.01;
}
