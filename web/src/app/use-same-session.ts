import type { Session } from '@hub/contract/sessions';
import { useEffect, useRef } from 'react';

const key = 'hub.session';

/**
 * All windows of a browser share one session. When another window goes on for another partner or person, this one begins anew:
 * what it holds belongs to the one before.
 */
export function useSameSession({ person, partner }: Pick<Session, 'person' | 'partner'>): void {
  const who = `${person.id} ${partner.id}`;
  const first = useRef(who);
  useEffect(() => {
    if (who !== first.current) window.location.assign('/');
    localStorage.setItem(key, who);
    const watch = (event: StorageEvent) => {
      if (event.key === key && event.newValue !== null && event.newValue !== who) window.location.assign('/');
    };
    window.addEventListener('storage', watch);
    return () => window.removeEventListener('storage', watch);
  }, [who]);
}
