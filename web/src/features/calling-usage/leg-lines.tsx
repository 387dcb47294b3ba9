import type { CallLeg } from '@hub/contract/calling-usage';
import { Link } from '@tanstack/react-router';
import { durationText } from '../../lib/duration.ts';
import { useText } from '../../lib/i18n.ts';
import { State } from '../../ui/glyph.tsx';

/** A call leg on a phone. */
export function LegLines({ leg }: { leg: CallLeg }) {
  const { t, f } = useText();
  return (
    <Link
      from="/analytics/calling-usage/legs"
      to="/analytics/calling-usage/legs"
      search={(search) => ({ ...search, leg: leg.reportId, day: leg.startTime.slice(0, 10) })}
      className="lines usage-lines"
      preload={false}
    >
      <div>
        <span className="strong num">{f.seconds(leg.startTime)}</span>
        <span className="num">{durationText(leg.durationSeconds, t)}</span>
      </div>
      <div>
        <span className="cut">{leg.user}</span>
        {leg.isAnswered ? (
          <State glyph="done" word={t('legs.answered')} />
        ) : (
          <State glyph="struck" word={t('legs.notAnswered')} />
        )}
      </div>
      <div className="help num">
        <span className="cut">
          {leg.callingNumber} → {leg.calledNumber}
        </span>
        <span>{t(`endpoint.${leg.endpointType}`)}</span>
      </div>
    </Link>
  );
}
