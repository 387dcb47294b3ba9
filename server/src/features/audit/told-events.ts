import type { AuditEvent } from '@hub/contract/audit';
import { type CtxActor, seesContracts, withoutPhones } from '../access/index.ts';

/** Events as the actor may have them: that something was done to whom is told to everybody who reads the log, not every word of it. */
export function toldEvents(actor: CtxActor, events: AuditEvent[]): AuditEvent[] {
  const told = withoutPhones(actor, events);
  return seesContracts(actor) ? told : told.map(withoutContracts);
}

function withoutContracts(event: AuditEvent): AuditEvent {
  const { action, target } = event;
  const { before, after } = action === workOnTerm ? { before: null, after: null } : event;
  const isOfContract = target.kind === 'subscription' || target.kind === 'trial';
  return {
    ...event,
    target: isOfContract ? { ...target, name: null } : target,
    before: stripped(before) as AuditEvent['before'],
    after: stripped(after) as AuditEvent['after'],
  };
}

// Every word of it is about the contract: until when it runs, who works on it and what they wrote down.
const workOnTerm = 'renewals.change';

// What a subscription or a trial is called, and what of licenses it holds; acts on many name a trial's lines, too.
const hidden = new Set(['reference', 'lines', 'setupNote']);

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (hidden.has(key) ? [] : [[key, stripped(part)]])),
  );
}
