// Written by generate-types.ts from the migrated schema; do not edit (npm run types:directory).
import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type JsonColumn = ColumnType<unknown, string, string>;
type Defaulted<Column> = [Column] extends [ColumnType<infer Select, infer Insert, infer Update>]
  ? ColumnType<Select, Insert | undefined, Update>
  : ColumnType<Column, Column | undefined, Column>;

export interface AccessTokenTable {
  id: string;
  token_hash: Buffer;
  prefix: string;
  name: string;
  scopes: string[];
  person_id: string;
  partner_id: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
}

export interface InvitationTable {
  id: string;
  partner_id: string;
  email: string;
  role: 'partner_full' | 'partner_admin' | 'partner_read_only' | 'help_desk_basic' | 'help_desk_advanced';
  secret_hash: Buffer;
  invited_by: string | null;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: Timestamp | null;
}

export interface MembershipTable {
  person_id: string;
  partner_id: string;
  role: 'partner_full' | 'partner_admin' | 'partner_read_only' | 'help_desk_basic' | 'help_desk_advanced';
  created_at: Timestamp;
  scope_key: Defaulted<string>;
  last_used_at: Timestamp | null;
}

export interface PartnerTable {
  id: string;
  name: string;
  home_region: string;
  demo_state: Defaulted<'none' | 'loading' | 'loaded' | 'removing'>;
  created_at: Timestamp;
  time_zone: Defaulted<string>;
  expires_soon_days: Defaulted<number>;
  inactive_days: Defaulted<number>;
  status_policy_version: Defaulted<number>;
  status_policy_applied: Defaulted<number>;
  retention_begins_on: string | null;
  status_rules_applied: Defaulted<number>;
  quality_policy: Defaulted<'documented' | 'any_threshold'>;
  usage_regular_from: Defaulted<number>;
  usage_heavy_from: Defaulted<number>;
  low_assignment_rule: JsonColumn | null;
  health_policy: JsonColumn | null;
}

export interface PersonTable {
  id: string;
  email: string;
  name: string;
  language: 'en' | 'bg' | 'ko' | null;
  password_hash: string | null;
  created_at: Timestamp;
}

export interface SessionTable {
  id: string;
  token_hash: Buffer;
  csrf_token: string;
  person_id: string;
  partner_id: string;
  created_at: Timestamp;
  last_used_at: Timestamp;
  expires_at: Timestamp;
  address: string;
  user_agent: string;
}

export interface SignInFailureTable {
  id: string;
  key: Buffer;
  at: Timestamp;
}

export interface BulkTaskTable {
  job_id: string;
  partner_id: string;
  created_at: Timestamp;
}

export interface ConnectorTaskTable {
  connector_id: string;
  partner_id: string;
  due_at: Timestamp;
}

export interface DeletionTaskTable {
  deletion_id: string;
  partner_id: string;
  region: string;
  after_number: number;
}

export interface ImportTaskTable {
  import_id: string;
  partner_id: string;
  region: string;
  number: number;
}

export interface AssignmentTable {
  partner_id: string;
  person_id: string;
  customer_id: string;
  is_direct: Defaulted<boolean>;
}

export interface AuditEventTable {
  id: string;
  partner_id: string;
  at: Timestamp;
  actor_kind: 'person' | 'operator' | 'system';
  actor_person_id: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  before: JsonColumn | null;
  after: JsonColumn | null;
  tracking_id: string;
  token_id: string | null;
  customer_id: string | null;
}

export interface BulkItemTable {
  partner_id: string;
  job_id: string;
  position: number;
  customer_id: string;
  outcome: 'changed' | 'unchanged' | 'failed' | null;
  code: string | null;
  data: Defaulted<JsonColumn>;
  before: JsonColumn | null;
  act_number: number | null;
}

export interface BulkJobTable {
  id: string;
  partner_id: string;
  person_id: string;
  token_id: string | null;
  tracking_id: string;
  act: JsonColumn;
  state: Defaulted<'queued' | 'running' | 'done' | 'canceled'>;
  undoes: string | null;
  undone_by: string | null;
  total: number;
  changed: Defaulted<number>;
  unchanged: Defaulted<number>;
  failed: Defaulted<number>;
  created_at: Timestamp;
  ended_at: Timestamp | null;
}

export interface CallingAnomalyTable {
  partner_id: string;
  customer_id: string;
  kind: 'quality_spike' | 'falling_use';
  since: string;
  told: JsonColumn;
}

export interface CallingAnomalyLookTable {
  partner_id: string;
  region: string;
  looked_at_state: string;
  legs_until: string | null;
  media_until: string | null;
}

export interface ConnectorTable {
  id: string;
  partner_id: string;
  name: string;
  name_key: string;
  base_url: string;
  calls_url: string;
  other_domains: Defaulted<string[]>;
  region: string;
  every_minutes: number;
  back_days: number;
  pulls_unlinked: boolean;
  adds_in: string | null;
  state: 'enabled' | 'paused';
  pause_code: string | null;
  running_since: Timestamp | null;
  last_run_at: Timestamp | null;
  last_success_at: Timestamp | null;
  fault: JsonColumn | null;
  fault_at: Timestamp | null;
  version: Defaulted<number>;
  created_at: Timestamp;
  snapshots: Defaulted<string[]>;
}

export interface ConnectorOrganizationTable {
  connector_id: string;
  partner_id: string;
  org_uuid: string;
  name: string;
  is_listed: Defaulted<boolean>;
  is_left_out: Defaulted<boolean>;
  pulled_to: Timestamp | null;
  back_from: Timestamp | null;
  back_to: Timestamp | null;
  back_floor: Timestamp | null;
  calls_origin: string | null;
  last_success_at: Timestamp | null;
  faults: Defaulted<number>;
  fault: JsonColumn | null;
  fault_at: Timestamp | null;
  not_before: Timestamp | null;
}

export interface ConnectorSecretTable {
  connector_id: string;
  partner_id: string;
  kind: 'token' | 'refresh';
  key_id: string;
  sealed: Buffer;
  version: Defaulted<number>;
  set_at: Timestamp;
  expires_at: Timestamp | null;
}

export interface ConnectorSnapshotTable {
  connector_id: string;
  partner_id: string;
  org_uuid: string;
  kind: 'licenses' | 'locations' | 'numbers' | 'devices' | 'people';
  taken_on: string | null;
  last_success_at: Timestamp | null;
  faults: Defaulted<number>;
  fault: JsonColumn | null;
  fault_at: Timestamp | null;
  not_before: Timestamp | null;
  people: number | null;
}

export interface ContractChangeTable {
  partner_id: string;
  xid: string;
  customer_id: string;
  at: Defaulted<Timestamp>;
}

export interface ContractChangeRemovalTable {
  partner_id: string;
  until: string;
}

export interface ContractReferenceTable {
  partner_id: string;
  customer_id: string;
  reference: string;
}

export interface CustomerTable {
  id: string;
  partner_id: string;
  name: string;
  org_uuid: string | null;
  external_id: string | null;
  country: string;
  region: string;
  kind: Defaulted<'owned' | 'external' | 'own'>;
  created_at: Timestamp;
  domain: string | null;
  contact_name: Defaulted<string>;
  contact_email: Defaulted<string>;
  contact_phone: Defaulted<string>;
  version: Defaulted<number>;
  has_sign_ins: Defaulted<boolean>;
  last_sign_in_on: string | null;
  search_text: Defaulted<string>;
  name_key: Defaulted<string>;
  status_rank: Defaulted<number>;
  next: JsonColumn | null;
  next_on: string | null;
  ends_on: string | null;
  renews_on: string | null;
  has_subscription: Defaulted<boolean>;
  has_trial: Defaulted<boolean>;
  products: Defaulted<string[]>;
  licenses_ordered: Defaulted<number>;
  licenses_assigned: number | null;
  licenses_unassigned: number | null;
  licenses_over: Defaulted<number>;
  failed_setup: JsonColumn | null;
}

export interface CustomerDueTable {
  customer_id: string;
  partner_id: string;
  due_on: string;
}

export interface CustomerGroupTable {
  id: string;
  partner_id: string;
  name: string;
  name_key: string;
  description: Defaulted<string>;
  filter: string | null;
  version: Defaulted<number>;
  created_at: Timestamp;
}

export interface CustomerGroupMemberTable {
  partner_id: string;
  group_id: string;
  customer_id: string;
}

export interface CustomerStatusTable {
  partner_id: string;
  customer_id: string;
  status: string;
  since: string;
  reasons: JsonColumn;
}

export interface CustomerStatusHistoryTable {
  id: number;
  partner_id: string;
  customer_id: string;
  status: string;
  began_on: string;
  ended_on: string | null;
  noted_on: string;
}

export interface CustomerTagTable {
  partner_id: string;
  customer_id: string;
  tag_id: string;
}

export interface DeletionTable {
  id: string;
  partner_id: string;
  customer_id: string;
  org_uuid: string | null;
  takes_record: boolean;
  asked_by: string | null;
  asked_at: Timestamp;
  begun_at: Timestamp | null;
  ended_at: Timestamp | null;
  record: JsonColumn | null;
  receipt: string | null;
  sha256: string | null;
  subject: Defaulted<'customer' | 'person'>;
  person_hash: string | null;
  let_in_at: Timestamp | null;
}

export interface DeletionRegionTable {
  deletion_id: string;
  partner_id: string;
  region: string;
  found: JsonColumn | null;
  ended_at: Timestamp | null;
}

export interface ForgottenIdentifierTable {
  deletion_id: string;
  partner_id: string;
  org_uuid: string;
  hash: string;
  key_id: string;
  decides: boolean;
}

export interface GroupAssignmentTable {
  partner_id: string;
  person_id: string;
  group_id: string;
}

export interface ImportBatchTable {
  id: string;
  partner_id: string;
  number: Defaulted<number>;
  region: string;
  source: 'upload' | 'command' | 'demo' | 'release' | 'watched' | 'connector' | 'api' | 'own';
  file_name: string;
  file_bytes: number;
  sha256: Buffer | null;
  spool_name: string | null;
  release_org_uuid: string | null;
  feed: 'webex_call_history' | 'webex_media_quality' | 'webex_call_queue_stats' | 'webex_call_queue_agent_stats' | 'webex_auto_attendant_stats' | 'webex_hunt_group_stats' | 'webex_phone_numbers' | 'webex_devices' | 'webex_locations' | 'license_snapshots' | null;
  format: 'csv' | 'json' | 'zip' | null;
  state: Defaulted<'queued' | 'running' | 'committed' | 'failed' | 'canceled' | 'undone'>;
  stage: 'unpacking' | 'recognizing' | 'reading' | 'checking' | 'publishing' | null;
  rows_done: Defaulted<number>;
  bytes_done: Defaulted<number>;
  rows_per_second: number | null;
  seconds_left: number | null;
  read_rows: number | null;
  new_rows: number | null;
  duplicate_rows: number | null;
  replaced_rows: number | null;
  rejected_rows: number | null;
  held_rows: number | null;
  emptied: Defaulted<JsonColumn>;
  notes: Defaulted<JsonColumn>;
  header: JsonColumn | null;
  failure: JsonColumn | null;
  covers_from: Timestamp | null;
  covers_to: Timestamp | null;
  has_superseded: Defaulted<boolean>;
  superseded_at: Timestamp | null;
  created_by: string | null;
  created_at: Timestamp;
  started_at: Timestamp | null;
  ended_at: Timestamp | null;
  releases_all: Defaulted<boolean>;
  attempt: Defaulted<number>;
  waits_for: 'read_only' | 'fault' | null;
  org_uuid: string | null;
  period_from: string | null;
  period_to: string | null;
  archive_id: string | null;
  can_be_undone: Defaulted<boolean>;
  has_replaced: Defaulted<boolean>;
  has_undone: Defaulted<boolean>;
  undone_at: Timestamp | null;
  undone_by: string | null;
  corrects_id: string | null;
  mapping_id: string | null;
}

export interface ImportKeyTable {
  partner_id: string;
  owner: string;
  key: string;
  import_id: string;
  file_name: string;
  file_bytes: number;
  sha256: Buffer;
  created_at: Timestamp;
  given: JsonColumn | null;
}

export interface ImportMappingTable {
  id: string;
  partner_id: string;
  owner: string | null;
  name: string;
  version: number;
  feed: string;
  signature: string;
  definition: JsonColumn;
  is_current: Defaulted<boolean>;
  created_by: string | null;
  created_at: Timestamp;
  header: JsonColumn | null;
}

export interface ImportOverlapTable {
  partner_id: string;
  by_number: number;
  of_number: number;
  rows: number;
}

export interface ImportUploadTable {
  id: string;
  partner_id: string;
  region: string;
  file_name: string;
  file_bytes: number;
  received_bytes: Defaulted<number>;
  writer: string | null;
  created_by: string | null;
  created_at: Timestamp;
  touched_at: Timestamp;
}

export interface InvoiceLineTable {
  id: string;
  partner_id: string;
  customer_id: string;
  subscription_id: string;
  reference: string;
  product: string;
  quantity: number;
  period_from: string;
  period_to: string;
  amount: string;
  currency: string;
  state: 'open' | 'paid' | 'overdue' | 'void';
  issued_on: string | null;
  due_on: string | null;
  created_at: Timestamp;
}

export interface LicenseLineTable {
  partner_id: string;
  customer_id: string;
  subscription_id: string | null;
  trial_id: string | null;
  product: string;
  ordered: number;
  assigned: number | null;
  over_since: string | null;
}

export interface OrderLineTable {
  id: string;
  partner_id: string;
  customer_id: string;
  subscription_id: string;
  reference: string;
  product: string;
  quantity: number;
  kind: 'new' | 'change' | 'renewal' | 'cancel';
  state: 'submitted' | 'processing' | 'completed' | 'failed' | 'canceled';
  ordered_on: string;
  created_at: Timestamp;
}

export interface OwnAssignmentTable {
  partner_id: string;
  customer_id: string;
  reference: string;
  product: string;
  day: string;
  ordered: number;
  assigned: number | null;
  noted_at: Timestamp;
  is_queued: Defaulted<boolean>;
}

export interface RegionRemovalTable {
  partner_id: string;
  region: string;
  removals: number;
}

export interface RemovalTable {
  partner_id: string;
  region: string;
  number: number;
  org_uuid: string | null;
  licenses_from: string | null;
}

export interface RemovedTagTable {
  id: string;
  partner_id: string;
  person_id: string | null;
  kind: 'customer' | 'subscription';
  name: string;
  color: string;
  description: string;
  into_tag_id: string | null;
  holders: number;
  removed_at: Timestamp;
  act_number: Defaulted<number>;
  into_name: string | null;
}

export interface RemovedTagHolderTable {
  removed_tag_id: string;
  partner_id: string;
  customer_id: string;
  subscription_id: string | null;
  had_other: boolean;
}

export interface RenewalWorkTable {
  partner_id: string;
  customer_id: string;
  subscription_id: string;
  term_ends_on: string;
  stage: 'not_started' | 'contacted' | 'quoted' | 'agreed' | 'lost';
  owner_id: string | null;
  note: string;
  notice_days: number;
  version: number;
  changed_by: string | null;
  changed_at: Timestamp;
}

export interface RetentionNightTable {
  partner_id: string;
  region: string;
  done_on: string;
  plan: JsonColumn | null;
}

export interface RetentionRuleTable {
  partner_id: string;
  region: string;
  feed: string;
  days: number | null;
}

export interface SavedViewTable {
  id: string;
  partner_id: string;
  person_id: string;
  name: string;
  name_key: string;
  filter: string;
  sort: string;
  sort_order: 'asc' | 'desc';
  is_shared: boolean;
  created_at: Timestamp;
  removed_at: Timestamp | null;
}

export interface SavedViewChoiceTable {
  partner_id: string;
  view_id: string;
  person_id: string;
  is_pinned: boolean;
  is_default: boolean;
}

export interface SubscriptionTable {
  id: string;
  partner_id: string;
  customer_id: string;
  reference: string;
  starts_on: string;
  ends_on: string | null;
  term_months: number | null;
  auto_renews: boolean;
  payment_state: 'current' | 'past_due' | 'suspended';
  payment_since: string;
  setup_state: 'provisioned' | 'pending_setup' | 'provisioning' | 'updating' | 'pending_rpl_review' | 'error' | 'provisioned_with_errors';
  setup_since: string;
  setup_note: string | null;
  version: Defaulted<number>;
  created_at: Timestamp;
}

export interface SubscriptionNightTable {
  partner_id: string;
  region: string;
  kind: string;
  day: string;
  parts: JsonColumn;
  is_backfilled: boolean;
  told_of: string;
}

export interface SubscriptionTagTable {
  partner_id: string;
  customer_id: string;
  subscription_id: string;
  tag_id: string;
}

export interface TagTable {
  id: string;
  partner_id: string;
  kind: 'customer' | 'subscription';
  name: string;
  name_key: string;
  color: string;
  description: Defaulted<string>;
  created_at: Timestamp;
}

export interface TrialTable {
  id: string;
  partner_id: string;
  customer_id: string;
  reference: string;
  starts_on: string;
  ends_on: string;
  version: Defaulted<number>;
  created_at: Timestamp;
}

export interface Database {
  access_token: AccessTokenTable;
  invitation: InvitationTable;
  membership: MembershipTable;
  partner: PartnerTable;
  person: PersonTable;
  session: SessionTable;
  sign_in_failure: SignInFailureTable;
  bulk_task: BulkTaskTable;
  connector_task: ConnectorTaskTable;
  deletion_task: DeletionTaskTable;
  import_task: ImportTaskTable;
  assignment: AssignmentTable;
  audit_event: AuditEventTable;
  bulk_item: BulkItemTable;
  bulk_job: BulkJobTable;
  calling_anomaly: CallingAnomalyTable;
  calling_anomaly_look: CallingAnomalyLookTable;
  connector: ConnectorTable;
  connector_organization: ConnectorOrganizationTable;
  connector_secret: ConnectorSecretTable;
  connector_snapshot: ConnectorSnapshotTable;
  contract_change: ContractChangeTable;
  contract_change_removal: ContractChangeRemovalTable;
  contract_reference: ContractReferenceTable;
  customer: CustomerTable;
  customer_due: CustomerDueTable;
  customer_group: CustomerGroupTable;
  customer_group_member: CustomerGroupMemberTable;
  customer_status: CustomerStatusTable;
  customer_status_history: CustomerStatusHistoryTable;
  customer_tag: CustomerTagTable;
  deletion: DeletionTable;
  deletion_region: DeletionRegionTable;
  forgotten_identifier: ForgottenIdentifierTable;
  group_assignment: GroupAssignmentTable;
  import_batch: ImportBatchTable;
  import_key: ImportKeyTable;
  import_mapping: ImportMappingTable;
  import_overlap: ImportOverlapTable;
  import_upload: ImportUploadTable;
  invoice_line: InvoiceLineTable;
  license_line: LicenseLineTable;
  order_line: OrderLineTable;
  own_assignment: OwnAssignmentTable;
  region_removal: RegionRemovalTable;
  removal: RemovalTable;
  removed_tag: RemovedTagTable;
  removed_tag_holder: RemovedTagHolderTable;
  renewal_work: RenewalWorkTable;
  retention_night: RetentionNightTable;
  retention_rule: RetentionRuleTable;
  saved_view: SavedViewTable;
  saved_view_choice: SavedViewChoiceTable;
  subscription: SubscriptionTable;
  subscription_night: SubscriptionNightTable;
  subscription_tag: SubscriptionTagTable;
  tag: TagTable;
  trial: TrialTable;
}
