import type { getCallingAnomalies } from '@hub/contract/calling-anomalies';
import type { DayOfUse } from '@hub/contract/calling-anomalies';
import type { CallingAnomaly } from '@hub/contract/calling-anomaly';
import { fallRule, spikeRule, weeksCompared } from '@hub/contract/calling-anomaly-rules';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDays } from '../../lib/calendar.ts';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { Glyph, type GlyphName } from '../../ui/glyph.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { EngagementLink } from './engagement-link.tsx';
import { anomaliesQuery } from './queries.ts';
import { useRetry } from './use-retry.ts';

type Judged = ReplyOf<typeof getCallingAnomalies>;
type Kind = CallingAnomaly['kind'];

/** Both rules with their numbers, whether they hold or not: what is unusual here, and by what. */
export function Anomalies({ customerId }: { customerId: CustomerId }) {
  const { t } = useText();
  const { data, error } = useQuery(anomaliesQuery(customerId));
  const retry = useRetry();
  return (
    <section className="anomalies band" aria-labelledby="customer-anomalies">
      <h2 id="customer-anomalies">{t('anomalies.title')}</h2>
      {data === undefined && error !== null ? <ErrorState error={error} onRetry={retry} /> : null}
      {data === undefined && error === null ? (
        <div className="anomaly-halves" aria-hidden="true">
          <span className="block block-ground" style={{ height: 240 }} />
          <span className="block block-ground" style={{ height: 240 }} />
        </div>
      ) : null}
      {data === undefined ? null : (
        <div className="anomaly-halves">
          <Quality data={data} />
          <Use data={data} />
        </div>
      )}
    </section>
  );
}

const sinceOf = ({ anomalies }: Judged, kind: Kind): string | undefined =>
  anomalies.find((anomaly) => anomaly.kind === kind)?.since;

/** One rule: its name and what it says of the last week, the numbers, and the rule in words. */
function Rule({
  data,
  kind,
  glyph,
  week,
  verdict,
  rule,
  children,
}: {
  data: Judged;
  kind: Kind;
  glyph: GlyphName;
  week: string | undefined;
  verdict: string;
  rule: string;
  children?: ReactNode;
}) {
  const { t, f } = useText();
  const since = sinceOf(data, kind);
  const isUnusual = since !== undefined;
  return (
    <section className="anomaly" aria-labelledby={`anomaly-${kind}`}>
      <div className="section-head">
        <Glyph name={isUnusual ? glyph : week === undefined ? 'dotted' : 'done'} />
        <h3 id={`anomaly-${kind}`}>{t(`anomaly.${kind}`)}</h3>
        {week === undefined ? null : (
          <span className="quiet num">{t('anomalies.week', { range: f.dayRange(week, addDays(week, 6)) })}</span>
        )}
        {isUnusual ? <span className="help">{t('anomalies.since', { date: f.date(since) })}</span> : null}
      </div>
      <p className={isUnusual ? 'strong' : undefined}>{verdict}</p>
      {children}
      <p className="help">{rule}</p>
    </section>
  );
}

function Quality({ data }: { data: Judged }) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const { quality, policy } = data;
  const rule = t('anomalies.quality.rule', {
    factor: spikeRule.factor,
    weeks: weeksCompared,
    least: spikeRule.leastLegs,
  });
  const kind = 'quality_spike';
  if (quality === null)
    return (
      <Rule data={data} kind={kind} glyph="zigzag" week={undefined} verdict={t('anomalies.notCome')} rule={rule} />
    );
  const { poorShare, limit, knownLegs, isSpike, week } = quality;
  const verdict =
    poorShare === null
      ? t('anomalies.quality.nothing')
      : limit === null
        ? t('anomalies.tooShort')
        : isSpike
          ? t('anomalies.quality.spike')
          : knownLegs < spikeRule.leastLegs && poorShare > limit
            ? t('anomalies.quality.few')
            : t('anomalies.usual');
  const facts: [string, string][] = [
    [t('metric.poorShare'), poorShare === null ? t('chart.nothing') : `${numbers.fixed(poorShare, 2)} %`],
    [t('anomalies.quality.limit'), limit === null ? t('chart.nothing') : `${numbers.fixed(limit, 2)} %`],
    [t('metric.knownLegs'), numbers.fixed(knownLegs, 0)],
    [t('quality.policy'), t(`quality.policy.${policy}`)],
  ];
  return (
    <Rule data={data} kind={kind} glyph="zigzag" week={week} verdict={verdict} rule={rule}>
      <dl className="formula-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <EngagementLink search={{ view: 'quality', from: week, to: addDays(week, 6) }}>
        {t('anomalies.quality.open')}
      </EngagementLink>
    </Rule>
  );
}

function Use({ data }: { data: Judged }) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const { use } = data;
  const rule = t('anomalies.use.rule', {
    weeks: weeksCompared,
    times: fallRule.deviations,
    percent: 100 * fallRule.leastDeviation,
    least: fallRule.leastLegs,
  });
  const kind = 'falling_use';
  if (use === null)
    return (
      <Rule data={data} kind={kind} glyph="falling" week={undefined} verdict={t('anomalies.notCome')} rule={rule} />
    );
  const { usual, week, legs, isFalling } = use;
  if (usual === null)
    return (
      <Rule
        data={data}
        kind={kind}
        glyph="falling"
        week={week}
        verdict={t('anomalies.use.tooShort', { weeks: fallRule.leastWeeks })}
        rule={rule}
      />
    );
  const told = { legs, usual: Math.round(usual.legs), low: usual.lowDays, used: usual.usedDays };
  const verdict = isFalling
    ? t(legs === 0 ? 'anomalies.use.silent' : 'anomalies.use.falling', told)
    : usual.legs < fallRule.leastLegs
      ? t('anomalies.use.few', { usual: numbers.fixed(usual.legs, 0) })
      : t('anomalies.usual');
  return (
    <Rule data={data} kind={kind} glyph="falling" week={week} verdict={verdict} rule={rule}>
      <Days days={usual.days} />
    </Rule>
  );
}

function Days({ days }: { days: readonly DayOfUse[] }) {
  const { t, f, language } = useText();
  const numbers = numbersFor(language);
  return (
    <table className="plain-table anomaly-days">
      <caption>{t('anomalies.use.days')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('engagement.day')}</th>
          <th scope="col">{t('metric.callLegs')}</th>
          <th scope="col">{t('anomalies.use.usual')}</th>
          <th scope="col">{t('anomalies.use.limit')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, legs, usual, limit, isLow }) => (
          <tr key={day}>
            <th scope="row">
              {f.weekday(day)} <span className="quiet num">{f.day(day)}</span>
            </th>
            <td className={isLow ? 'bad' : undefined}>
              {isLow ? (
                <>
                  <Glyph name="falling" /> <span className="unseen">{t('anomalies.use.low')}</span>{' '}
                </>
              ) : null}
              {numbers.fixed(legs, 0)}
            </td>
            <td>{numbers.fixed(usual, Number.isInteger(usual) ? 0 : 1)}</td>
            <td>{limit > 0 ? numbers.fixed(limit, Number.isInteger(limit) ? 0 : 1) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
