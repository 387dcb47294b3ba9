import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { daysUntil } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { type Analytics, analyticsQuery } from './queries.ts';
import type { Scope } from './scope.ts';

/** Snapshots come by the day: one of yesterday is as new as can be before today's. */
const freshDays = 1;

export const isLate = ({ newestSnapshot, today }: Analytics): boolean =>
  newestSnapshot !== null && daysUntil(newestSnapshot, today) > freshDays;

/** Who answered, and of which day the newest snapshot is. */
export function AnswerChip({ scope }: { scope: Scope }) {
  const { t, f } = useText();
  const { data } = useQuery(analyticsQuery(scope));
  if (data === undefined) return null;
  const { regions, newestSnapshot } = data;
  const answered = regions.filter(({ hasAnswered }) => hasAnswered).length;
  const day =
    newestSnapshot === null ? t('analytics.chip.none') : t('analytics.chip.asOf', { date: f.day(newestSnapshot) });
  const isWhole = answered === regions.length && !isLate(data);
  return (
    <span className="chip num" title={newestSnapshot === null ? undefined : f.date(newestSnapshot)}>
      <Glyph name={isWhole ? (newestSnapshot === null ? 'dotted' : 'done') : 'late'} />
      {scope.region === 'all'
        ? `${t('region.answered', { answered, total: regions.length })}, ${day}`
        : `${regionLabels[scope.region]}, ${day}`}
    </span>
  );
}
