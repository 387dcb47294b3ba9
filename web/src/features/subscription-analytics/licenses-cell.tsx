import { Tooltip } from '@mantine/core';
import type { SubscriptionRow } from '@hub/contract/subscription-analytics';
import { IconPhone } from '@tabler/icons-react';
import type { Format } from '../../lib/format.ts';
import { type Translate, useText } from '../../lib/i18n.ts';
import { LicenseBar } from '../../ui/license-bar.tsx';
import { SubscriptionLink } from './subscription-link.tsx';

type Held = Pick<SubscriptionRow, 'total' | 'used' | 'assigned' | 'available' | 'over' | 'usedFrom' | 'asOf'>;

/** Used, assigned and available as one bar with its numbers; what they are exactly is told on pointing and on focus. */
export function LicensesCell({ row }: { row: SubscriptionRow }) {
  const { t, f } = useText();
  const { total, assigned, used, over, reference } = row;
  const lines = heldLines(row, t, f);
  const isKnown = assigned !== null || used !== null;
  return (
    <Tooltip label={<TipLines lines={lines} />} events={{ hover: true, focus: true, touch: true }} openDelay={100}>
      <SubscriptionLink line={row} className="licenses" aria-label={`${reference}: ${lines.join(', ')}`}>
        {isKnown ? (
          <>
            <span className="licenses-bar">
              <LicenseBar ordered={total} assigned={assigned} used={used} over={over ?? 0} label={lines.join(', ')} />
            </span>
            <HeldNumbers held={row} />
          </>
        ) : null}
      </SubscriptionLink>
    </Tooltip>
  );
}

const TipLines = ({ lines }: { lines: readonly string[] }) => lines.map((line) => <div key={line}>{line}</div>);

/** "141 · 176 · 4": used, assigned, available. What is over stands out, what is not known stays away. */
export function HeldNumbers({
  held: { used, assigned, available, over, usedFrom },
}: {
  held: Omit<Held, 'total' | 'asOf'>;
}) {
  const { t, f } = useText();
  const told = (value: number | null): string => (value === null ? '' : f.number(value));
  return (
    <span className="held-numbers num">
      <span>
        {told(used)}
        {usedFrom === 'call_legs' ? (
          <span title={t('analytics.held.fromLegs')}>
            <IconPhone size={12} stroke={1.8} aria-hidden="true" />
            <span className="unseen">{t('analytics.held.fromLegs')}</span>
          </span>
        ) : null}
      </span>
      <span className={over !== null && over > 0 ? 'over-number' : undefined}>{told(assigned)}</span>
      <span>{told(available)}</span>
    </span>
  );
}

/** The exact numbers, a line each. */
function heldLines(
  { total, used, assigned, available, over, usedFrom, asOf }: Held,
  t: Translate,
  f: Format,
): string[] {
  const unknown = t('analytics.held.notKnown');
  const told = (value: number | null): string => (value === null ? unknown : f.number(value));
  return [
    t('analytics.held.used', { value: told(used) }),
    ...(usedFrom === 'call_legs' ? [t('analytics.held.fromLegs')] : []),
    t('analytics.held.assigned', { value: told(assigned) }),
    t('analytics.held.available', { value: told(available) }),
    ...(over === null || over === 0 ? [] : [t('analytics.held.over', { value: f.number(over) })]),
    t('analytics.held.total', { value: f.number(total) }),
    asOf === null ? t('analytics.held.asOrdered') : t('analytics.held.asOf', { day: f.date(asOf) }),
  ];
}
