import type { Administrator, Invitation } from '@hub/contract/administrators';

export type PersonAct = 'role' | 'remove';
export type OnAct = (act: PersonAct, person: Administrator) => void;
export type InvitationAct = 'renew' | 'withdraw';

/** The dialog that is open, and about whom. */
export type Opened =
  | { kind: 'invite' }
  | { kind: PersonAct; person: Administrator }
  | { kind: InvitationAct; invitation: Invitation };
