import { regionLabels } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSession } from '../sessions/index.ts';
import { addDays, daysUntil } from '../../lib/calendar.ts';
import { useText, withWords } from '../../lib/i18n.ts';
import { Glyph, type GlyphName } from '../../ui/glyph.tsx';
import { isLate } from './answer-chip.tsx';
import { analyticsQuery } from './queries.ts';
import { isOfRegion, type Scope } from './scope.ts';

const WhyEmpty = lazy(async () => ({
  default: (await withWords(['freshness'], import('../freshness/index.ts'))).WhyEmpty,
}));

/** What the numbers leave out: who is silent, how old the snapshots are, and how many lines lack what. */
export function AnswerNotes({ scope }: { scope: Scope }) {
  const { t, f } = useText();
  const { may } = useSession();
  const { data, isPlaceholderData } = useQuery(analyticsQuery(scope));
  if (data === undefined || isPlaceholderData) return null;
  const { lines, newestSnapshot, regions, today } = data;
  const silent = regions.filter(({ hasAnswered }) => !hasAnswered).map(({ region }) => regionLabels[region]);
  const isUnknown = lines.all > 0 && newestSnapshot === null;
  const of = (count: number) => ({ count, all: lines.all });
  const notes: [GlyphName, string][] = [
    ...(silent.length === 0 ? [] : [['late', t('region.silent', { regions: f.list(silent) })] as [GlyphName, string]]),
    ...(newestSnapshot !== null && isLate(data)
      ? [['late', t('analytics.note.old', { count: daysUntil(newestSnapshot, today) })] as [GlyphName, string]]
      : []),
    ...(isUnknown
      ? [['dotted', t('analytics.note.noSnapshot')] as [GlyphName, string]]
      : [
          ...missing(lines.withoutSnapshot, 'analytics.note.withoutSnapshot'),
          ...missing(lines.withoutAssigned, 'analytics.note.withoutAssigned'),
          ...missing(lines.withoutUse, 'analytics.note.withoutUse'),
        ]),
    ...missing(lines.usedFromLegs, 'analytics.note.fromLegs'),
  ];
  function missing(
    count: number,
    word:
      | 'analytics.note.withoutSnapshot'
      | 'analytics.note.withoutAssigned'
      | 'analytics.note.withoutUse'
      | 'analytics.note.fromLegs',
  ): [GlyphName, string][] {
    return count === 0 ? [] : [['dotted', t(word, of(count))]];
  }
  if (notes.length === 0) return null;
  return (
    <>
      <ul className="answer-notes">
        {notes.map(([glyph, text]) => (
          <li key={text}>
            <Glyph name={glyph} />
            {text}
          </li>
        ))}
      </ul>
      {isUnknown && isOfRegion(scope) && may('calling_usage.read') ? (
        <Suspense fallback={null}>
          <WhyEmpty region={scope.region} feed="license_snapshots" range={{ from: addDays(today, -6), to: today }} />
        </Suspense>
      ) : null}
    </>
  );
}
