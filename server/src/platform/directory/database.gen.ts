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
}

export interface ImportBatchTable {
  id: string;
  partner_id: string;
  number: Defaulted<number>;
  region: string;
  source: 'upload' | 'command' | 'demo' | 'release';
  file_name: string;
  file_bytes: number;
  sha256: Buffer | null;
  spool_name: string | null;
  release_org_uuid: string | null;
  feed: 'webex_call_history' | null;
  format: 'csv' | 'json' | null;
  state: Defaulted<'queued' | 'running' | 'committed' | 'failed' | 'canceled'>;
  stage: 'recognizing' | 'reading' | 'checking' | 'publishing' | null;
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
  waits_for: 'read_only' | null;
}

export interface Database {
  access_token: AccessTokenTable;
  invitation: InvitationTable;
  membership: MembershipTable;
  partner: PartnerTable;
  person: PersonTable;
  session: SessionTable;
  sign_in_failure: SignInFailureTable;
  import_task: ImportTaskTable;
  assignment: AssignmentTable;
  audit_event: AuditEventTable;
  customer: CustomerTable;
  import_batch: ImportBatchTable;
}
