import type { ConnectorFaultCode } from '@hub/contract/connectors';
import { HubError } from '../../platform/hub-error.ts';
import { OutboundFault } from '../../platform/outbound/index.ts';
import { VaultFault } from '../../platform/vault/index.ts';

export type FaultData = Record<string, string | number>;

/** Why something could not be fetched: a code of the contract and what its sentence is filled with. */
export class PullFault extends Error {
  readonly code: ConnectorFaultCode;
  readonly data: FaultData;

  constructor(code: ConnectorFaultCode, data: FaultData = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(data)}`, options);
    this.name = 'PullFault';
    this.code = code;
    this.data = data;
  }
}

/** The run is no longer wanted: its connector was paused, removed or changed, or another worker has it. Nothing was lost. */
export class RunOver extends Error {}

/** Of one organization at first; three of them in a row are the connector's. */
const passing: readonly ConnectorFaultCode[] = ['unreachable', 'timed_out', 'server_failed', 'answer_broken'];
/** Of one organization, however often. */
const ofOrganization: readonly ConnectorFaultCode[] = [
  'forbidden',
  'other_region',
  'refused',
  'answer_too_large',
  'paging_endless',
  'region_not_served',
];

export const isPassing = (code: ConnectorFaultCode): boolean => passing.includes(code);
export const isOfOrganization = (code: ConnectorFaultCode): boolean => isPassing(code) || ofOrganization.includes(code);

/** So many organizations in a row whose fault may pass are the provider's trouble. */
export const strikes = 3;

const minute = 60_000;
const longestRest = 6 * 60 * minute;

/** After so many faults in a row: later each time, and a little sooner than the run that shall try it. */
export function nextTry(at: Date, { every_minutes }: { every_minutes: number }, faults: number): Date {
  const rest = Math.min(longestRest, every_minutes * minute * 2 ** Math.min(faults, 10));
  return new Date(at.getTime() + rest - minute);
}

/** What a fault of any kind is in the words of the contract. */
export function faultOf(error: unknown, trackingId: string): PullFault {
  if (error instanceof PullFault) return error;
  if (error instanceof OutboundFault) return ofOutbound(error);
  if (error instanceof VaultFault) return new PullFault('key_missing', {}, { cause: error });
  const isFull =
    (error instanceof HubError && error.code === 'import_disk_full') ||
    (error as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC';
  if (isFull) return new PullFault('disk_full', {}, { cause: error });
  return new PullFault('internal', { trackingId }, { cause: error });
}

function ofOutbound(error: OutboundFault): PullFault {
  const { kind, reason } = error;
  const options = { cause: error };
  if (kind === 'timed_out') return new PullFault('timed_out', {}, options);
  if (kind === 'too_large') return new PullFault('answer_too_large', { limit: Number(reason) }, options);
  return new PullFault(kind, { reason }, options);
}
