import type { CallPathLeg } from '@hub/contract/call-path';
import { callPathMaximumLegs } from '@hub/contract/call-path';
import type { ReportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { durationText } from '../../lib/duration.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import { State } from '../../ui/glyph.tsx';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { Lane } from './call-path-lane.tsx';
import { lanesOf } from './call-path-lanes.ts';
import { outcomeText } from './leg-columns.tsx';
import { pathQuery } from './queries.ts';
import './call-path.css';

/** The legs of the same call by their start: who called whom, through which services, with what outcome. */
export function CallPath({
  reportId,
  region,
  startDate,
}: {
  reportId: ReportId;
  region: RegionCode;
  startDate: string;
}) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(pathQuery({ params: { reportId }, query: { region, startDate } }));
  const lanes = data === undefined ? [] : lanesOf(data.legs);
  return (
    <section aria-labelledby="call-path">
      <h3 id="call-path">{t('path.title')}</h3>
      {data === undefined && error === null ? <SkeletonRows rows={3} height={56} /> : null}
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined ? null : (
        <>
          <p className="help">{sentenceOf(data, t)}</p>
          <ol className="call-path">
            {data.legs.map((leg, at) => (
              <li key={leg.reportId} aria-current={leg.reportId === reportId ? 'true' : undefined}>
                <Lane lanes={lanes} at={at} />
                <Step leg={leg} legs={data.legs} isThis={leg.reportId === reportId} />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function sentenceOf(
  { legs, hasMore, hasSession }: { legs: readonly CallPathLeg[]; hasMore: boolean; hasSession: boolean },
  t: Translate,
): string {
  const sentences = [
    hasSession ? t('path.count', { count: legs.length }) : t('path.noSession', { count: legs.length }),
    ...(hasMore ? [t('path.more', { most: callPathMaximumLegs })] : []),
  ];
  return sentences.join(' ');
}

function Step({ leg, legs, isThis }: { leg: CallPathLeg; legs: readonly CallPathLeg[]; isThis: boolean }) {
  const { t, f } = useText();
  const from = legs.find(({ reportId }) => reportId === leg.cameFrom);
  const notes = [
    ...(from === undefined ? [] : [t('path.from', { role: t(`path.role.${from.role}`), name: nameOf(from) })]),
    ...(leg.keyPressed === '' ? [] : [t('path.key', { key: leg.keyPressed })]),
    ...(leg.transferTime === null ? [] : [t('path.transferred', { time: f.seconds(leg.transferTime) })]),
    ...(leg.isAnsweredElsewhere ? [t('path.elsewhere')] : []),
    ...(leg.isOfSession ? [] : [t('path.otherSession')]),
  ];
  const outcome = [outcomeText(leg.callOutcome, t), leg.outcomeReason].filter((text) => text !== '');
  return (
    <div className="step">
      <p className="step-head">
        {isThis ? (
          <span className="strong num">{f.seconds(leg.startTime)}</span>
        ) : (
          <Link
            from="/analytics/calling-usage/legs"
            to="/analytics/calling-usage/legs"
            search={(search) => ({ ...search, leg: leg.reportId, day: leg.startTime.slice(0, 10) })}
            className="in-text num"
            preload={false}
            aria-label={t('legs.open', { time: f.seconds(leg.startTime) })}
          >
            {f.seconds(leg.startTime)}
          </Link>
        )}
        {isThis ? <span className="help">{t('path.this')}</span> : null}
      </p>
      <p className="wrap">
        <span className="quiet">{t(`path.role.${leg.role}`)}</span> <span className="strong">{nameOf(leg)}</span>
        {leg.location === '' ? null : <span className="quiet">, {leg.location}</span>}
      </p>
      <p className="help wrap">
        {t('path.called', {
          caller: endOf(leg.callingName, leg.callingNumber, t),
          called: endOf(leg.calledName, leg.calledNumber, t),
        })}
      </p>
      <p className="step-outcome">
        {leg.isAnswered ? (
          <State glyph="done" word={t('legs.answered')} reason={durationText(leg.durationSeconds, t)} />
        ) : (
          <State glyph="struck" word={t('legs.notAnswered')} reason={outcome.join(', ')} />
        )}
      </p>
      {notes.length === 0 ? null : <p className="help wrap">{notes.join(' ')}</p>}
    </div>
  );
}

const nameOf = (leg: CallPathLeg): string =>
  leg.user !== '' ? leg.user : leg.direction === 'ORIGINATING' ? leg.callingNumber : leg.calledNumber;

function endOf(name: string, number: string, t: Translate): string {
  if (name === '' && number === '') return t('path.unknown');
  return name === '' || name === number ? number : number === '' ? name : `${name} (${number})`;
}
