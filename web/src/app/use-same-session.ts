import type { Session } from '@hub/contract/sessions';
import { useEffect, useRef } from 'react';

const key = 'hub.session';

/** Whether somebody has been signed in with this browser and not been asked to sign in since. */
export function remembersSession(): boolean {
  return localStorage.getItem(key) !== null;
}

export function forgetSession(): void {
  localStorage.removeItem(key);
}

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
