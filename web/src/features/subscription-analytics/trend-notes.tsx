import { regionLabels } from '@hub/contract/regions';
import { useText } from '../../lib/i18n.ts';
import type { Trend } from './queries.ts';

/** What the newest point leaves out, and what a click on a week does. */
export function TrendNotes({ trend, hasPick }: { trend: Trend; hasPick: boolean }) {
  const { t, f } = useText();
  const last = trend.points.at(-1);
  if (last === undefined) return null;
  const { lines, withoutAssigned, withoutUse, usedFromLegs } = last;
  const silent = trend.regions.filter(({ hasAnswered }) => !hasAnswered).map(({ region }) => regionLabels[region]);
  return (
    <p className="help">
      {[
        ...(silent.length === 0 ? [] : [t('region.silent', { regions: f.list(silent) })]),
        t(hasPick ? 'analytics.trend.hint' : 'analytics.trend.hint.all'),
        ...(withoutAssigned === 0 ? [] : [t('analytics.trend.withoutAssigned', { count: withoutAssigned, lines })]),
        ...(withoutUse === 0 ? [] : [t('analytics.trend.withoutUse', { count: withoutUse, lines })]),
        ...(usedFromLegs === 0 ? [] : [t('analytics.trend.fromLegs', { count: usedFromLegs, lines })]),
      ].join(' ')}
    </p>
  );
}
