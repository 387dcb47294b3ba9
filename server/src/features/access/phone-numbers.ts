import { permissionsOfRole } from '@hub/contract/permissions';
import type { CtxActor } from './ctx.ts';

/** Roles that see no call legs, those of a help desk, see no phone numbers either (DOMAIN, decisions: Rights). */
const seesPhoneNumbers = (actor: CtxActor): boolean =>
  actor.kind !== 'person' || permissionsOfRole[actor.role].includes('call_legs.read');

/** The same value, as the actor may have it: whatever is called `phone` in it, however deep, is empty for who sees none. */
export function withoutPhones<Value>(actor: CtxActor, value: Value): Value {
  return seesPhoneNumbers(actor) ? value : (emptied(value) as Value);
}

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'phone' && typeof part === 'string' ? '' : emptied(part)]),
  );
}
