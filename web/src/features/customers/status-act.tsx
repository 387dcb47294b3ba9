import { Link } from '@tanstack/react-router';
import { useSession } from '../sessions/index.ts';
import { useText } from '../../lib/i18n.ts';
import { nextAct, type Sign } from './status-words.ts';

/** What to do next about a status, leading to the part of the customer's page where it is done; nothing where the role lacks it. */
export function StatusAct({
  entry,
  customer: { id, name },
  className,
}: {
  entry: Sign;
  /** Its name is told to who hears one link after the other. */
  customer: { id: string; name?: string };
  className?: string;
}) {
  const { t } = useText();
  const { may } = useSession();
  const { label, place } = nextAct(entry, t);
  if (place !== 'contact' && place !== 'calling' && !may('subscriptions.read')) return null;
  const view = entry.status === 'quality_spike' ? { view: 'quality' as const } : {};
  return (
    <Link
      to="/customers/$customerId"
      params={{ customerId: id }}
      search={place === 'contact' ? {} : { tab: place, ...view }}
      {...(place === 'contact' ? { hash: place } : {})}
      className={className}
      aria-label={name === undefined ? undefined : `${label}: ${name}`}
      preload={false}
    >
      {label}
    </Link>
  );
}
