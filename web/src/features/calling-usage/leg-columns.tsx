import type { CallLeg } from '@hub/contract/calling-usage';
import { Link } from '@tanstack/react-router';
import { durationText } from '../../lib/duration.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { Column } from '../../ui/table-columns.ts';
import { State } from '../../ui/glyph.tsx';

const directions = ['ORIGINATING', 'TERMINATING'] as const;
const outcomes = ['Success', 'Failure', 'Refusal'] as const;

// The lists of the provider are open: a value that is not known stays as it was sent.
function directionText(direction: string, t: Translate): string {
  const known = directions.find((value) => value === direction);
  return known === undefined ? direction : t(`legs.direction.${known}`);
}

export function outcomeText(outcome: string, t: Translate): string {
  const known = outcomes.find((value) => value === outcome);
  return known === undefined ? outcome : t(`legs.outcome.${known}`);
}

export function legColumns(t: Translate, f: Format, withCustomer: boolean): Column<CallLeg>[] {
  const text = (key: string, head: string, width: number, of: (leg: CallLeg) => string): Column<CallLeg> => ({
    key,
    head,
    width,
    cell: (leg) => <span title={of(leg)}>{of(leg)}</span>,
  });
  return [
    {
      key: 'startTime',
      head: t('legs.col.startTime'),
      unit: t('common.utc'),
      width: 228, // Korean dates are the longest
      cell: (leg) => (
        <Link
          from="/analytics/calling-usage/legs"
          to="/analytics/calling-usage/legs"
          search={(search) => ({ ...search, leg: leg.reportId, day: leg.startTime.slice(0, 10) })}
          className="name num"
          preload={false}
          aria-label={t('legs.open', { time: f.seconds(leg.startTime) })}
        >
          {f.seconds(leg.startTime)}
        </Link>
      ),
    },
    ...(withCustomer ? [customerColumn(t)] : []),
    text('user', t('legs.col.user'), 180, (leg) => leg.user),
    text('location', t('legs.col.location'), 140, (leg) => leg.location),
    text('direction', t('legs.col.direction'), 110, (leg) => directionText(leg.direction, t)),
    text('calling', t('legs.col.calling'), 130, (leg) => leg.callingNumber),
    text('called', t('legs.col.called'), 130, (leg) => leg.calledNumber),
    {
      key: 'answered',
      head: t('legs.col.answered'),
      width: 130,
      cell: (leg) =>
        leg.isAnswered ? (
          <State glyph="done" word={t('legs.answered')} />
        ) : (
          <State glyph="struck" word={t('legs.notAnswered')} />
        ),
    },
    {
      key: 'duration',
      head: t('legs.col.duration'),
      width: 136,
      isNumber: true,
      cell: (leg) => durationText(leg.durationSeconds, t),
    },
    text('endpoint', t('legs.col.endpoint'), 170, (leg) => t(`endpoint.${leg.endpointType}`)),
    text('outcome', t('legs.col.outcome'), 110, (leg) => outcomeText(leg.callOutcome, t)),
  ];
}

function customerColumn(t: Translate): Column<CallLeg> {
  return {
    key: 'customer',
    head: t('legs.col.customer'),
    width: 180,
    cell: (leg) => (
      <Link
        to="/customers/$customerId"
        params={{ customerId: leg.customerId }}
        title={leg.customerName}
        preload={false}
      >
        {leg.customerName}
      </Link>
    ),
  };
}
