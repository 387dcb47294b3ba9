import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { Kpi } from '@hub/contract/subscription-analytics';
import { subscriptionMetricOf } from '@hub/contract/subscription-metrics';
import type { ReactNode } from 'react';
import { type Translate, useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { FormulaFacts, FormulaPopover } from '../../ui/formula-popover.tsx';
import type { Analytics } from './queries.ts';
import { kpiText, kpiUnit } from './unit-words.ts';
import type { Base } from './use-bases.ts';

/** The (i) of a card: how it is counted, of which day, by which data and rule. */
export function KpiFormula({
  kpi: { key, value, history },
  name,
  analytics,
  base,
  rowsLink,
}: {
  kpi: Kpi;
  name: string;
  analytics: Analytics;
  base: Base | undefined;
  rowsLink: (close: () => void) => ReactNode;
}) {
  const { t, f, language } = useText();
  const { today, timeZone, newestSnapshot, rule } = analytics;
  const { feed } = subscriptionMetricOf(key);
  const [first] = history;
  const told = history.findLast(({ isBackfilled }) => isBackfilled);
  const isByRule = key === 'lowLicenseAssignment' || key.startsWith('low');
  const facts = [
    [t('analytics.formula.day'), `${f.date(today)}, ${timeZone.replaceAll('_', ' ')}`] as const,
    [
      t('analytics.formula.data'),
      feed === 'contracts'
        ? t('analytics.formula.contracts')
        : newestSnapshot === null
          ? t('analytics.formula.noSnapshots')
          : t('analytics.formula.snapshots', { day: f.date(newestSnapshot) }),
    ] as const,
    ...(first === undefined ? [] : [[t('analytics.formula.history'), f.date(first.day)] as const]),
    ...(told === undefined ? [] : [[t('analytics.formula.backfilled'), f.date(told.day)] as const]),
  ];
  return (
    <FormulaPopover name={name} label={t('analytics.formula.of', { name })}>
      {(close) => (
        <>
          <p className="quiet">{t(`analytics.formula.${key}`)}</p>
          {base === undefined || value === null ? null : (
            <p className="formula-numbers num">
              {f.number(base.part)} ÷ {f.number(base.whole)} = {kpiText(key, value, numbersFor(language))}{' '}
              {kpiUnit(key, t) ?? ''}
            </p>
          )}
          <FormulaFacts facts={facts} />
          {feed === 'licenses' ? <p className="help">{t('analytics.formula.letters')}</p> : null}
          {isByRule ? <p className="help">{ruleText(rule, t)}</p> : null}
          {rowsLink(close)}
        </>
      )}
    </FormulaPopover>
  );
}

/** The rule of low assignment in a sentence. */
export function ruleText(rule: LowAssignmentRule, t: Translate): string {
  const { percentile, belowPercent, minimumAgeDays, minimumPeers, fallbackBelowPercent } = rule;
  return t('analytics.rule.text', { percentile, belowPercent, minimumAgeDays, minimumPeers, fallbackBelowPercent });
}
