import { regionLabels } from '@hub/contract/regions';
import { FreshnessChip } from '../calling-usage/index.ts';
import { useText } from '../../lib/i18n.ts';
import { Glyph } from '../../ui/glyph.tsx';
import type { Period } from './period.ts';
import type { Answer } from './queries.ts';
import type { Scope, View } from './scope.ts';
import { useFigures } from './use-figures.ts';
import { wantedOf } from './wanted.ts';

const silentOf = ({ regions }: Answer): string[] =>
  regions.filter(({ hasAnswered }) => !hasAnswered).map(({ region }) => regionLabels[region]);

/** Who answered, and how old what they know is. Asks what the view asks, so nothing is asked twice. */
export function AnswerChip({ view, scope, period }: { view: View; scope: Scope; period: Period }) {
  const { t, f } = useText();
  const { figures } = useFigures(scope, period, wantedOf(view, scope));
  if (figures === undefined) return null;
  const { regions, dataAsOf } = figures.present;
  if (scope.region !== 'all') return <FreshnessChip region={scope.region} dataAsOf={dataAsOf} />;
  const silent = silentOf(figures.present).length;
  return (
    <span
      className="chip num"
      title={dataAsOf === null ? undefined : t('engagement.asOf', { time: f.shortDateTime(dataAsOf) })}
    >
      <Glyph name={silent === 0 ? 'done' : 'late'} />
      {t('region.answered', { answered: regions.length - silent, total: regions.length })}
    </span>
  );
}

/** Who is silent in one picture: each is asked apart, so that it can be others than of the page. */
export function SilentNote({ answer }: { answer: Answer }) {
  const { t, f } = useText();
  const silent = silentOf(answer);
  if (silent.length === 0) return null;
  return (
    <p className="help">
      <Glyph name="late" /> {t('region.silent', { regions: f.list(silent) })}
    </p>
  );
}

/** What the numbers leave out, and whose days they are, where that is not what one would think. */
export function AnswerNotes({ scope, answer }: { scope: Scope; answer: Answer }) {
  const { t, f } = useText();
  const silent = silentOf(answer);
  if (silent.length === 0 && scope.zone === undefined && answer.missingFeeds.length === 0) return null;
  return (
    <ul className="answer-notes">
      {silent.length === 0 ? null : (
        <li>
          <Glyph name="late" />
          {t('region.silent', { regions: f.list(silent) })}
        </li>
      )}
      {scope.zone === undefined ? null : (
        <li>
          <Glyph name="quarter" />
          {t('engagement.zone.note', { zone: scope.zone.replaceAll('_', ' ') })}
        </li>
      )}
      {answer.missingFeeds.map((feed) => (
        <li key={feed}>
          <Glyph name="dotted" />
          {t(`engagement.missing.${feed}`)}
        </li>
      ))}
    </ul>
  );
}
