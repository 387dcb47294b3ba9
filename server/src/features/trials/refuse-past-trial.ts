import { HubError } from '../../platform/hub-error.ts';
import { hasEnded } from '../subscriptions/index.ts';

/** Nobody can try anything in days that are over: the past comes in as records do. Throws trial_in_past. */
export function refusePastTrial({ endsOn }: { endsOn: string }, today: string): void {
  if (hasEnded({ endsOn }, today)) throw new HubError('trial_in_past', { endsOn, today });
}
