import type { Sign } from '../customers/index.ts';

interface AttentionReason {
  status: Sign['status'];
  /** Whom it concerns, in the language of filters. */
  filter: string;
  /** Told to whoever may see calling analytics only. */
  isOfCalling?: boolean;
}

/** Why a customer needs somebody today, the most urgent first. */
export const attentionReasons: readonly AttentionReason[] = [
  { status: 'suspended', filter: 'status:suspended' },
  { status: 'license_overage', filter: 'status:license-overage' },
  { status: 'expires_soon', filter: 'status:expires-soon' },
  { status: 'failed_setup', filter: 'has:setup-errors' },
  { status: 'ready_for_order_setup', filter: 'status:ready-for-order-setup' },
  { status: 'quality_spike', filter: 'anomaly:quality-spike', isOfCalling: true },
  { status: 'falling_use', filter: 'anomaly:falling-use', isOfCalling: true },
  { status: 'no_recent_activity', filter: 'status:no-recent-activity' },
];
