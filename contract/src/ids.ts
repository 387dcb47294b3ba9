import { z } from 'zod';

/** Ids are UUIDv7 made by the server's clock; each entity has its own brand so that one cannot stand for another. */
export const PartnerId = z.uuid().brand<'PartnerId'>();
export type PartnerId = z.infer<typeof PartnerId>;

export const PersonId = z.uuid().brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

export const CustomerId = z.uuid().brand<'CustomerId'>();
export type CustomerId = z.infer<typeof CustomerId>;

export const ImportId = z.uuid().brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;

export const MappingId = z.uuid().brand<'MappingId'>();
export type MappingId = z.infer<typeof MappingId>;

export const ConnectorId = z.uuid().brand<'ConnectorId'>();
export type ConnectorId = z.infer<typeof ConnectorId>;

export const SubscriptionId = z.uuid().brand<'SubscriptionId'>();
export type SubscriptionId = z.infer<typeof SubscriptionId>;

export const TrialId = z.uuid().brand<'TrialId'>();
export type TrialId = z.infer<typeof TrialId>;

export const TagId = z.uuid().brand<'TagId'>();
export type TagId = z.infer<typeof TagId>;

export const GroupId = z.uuid().brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

export const ViewId = z.uuid().brand<'ViewId'>();
export type ViewId = z.infer<typeof ViewId>;

export const BulkJobId = z.uuid().brand<'BulkJobId'>();
export type BulkJobId = z.infer<typeof BulkJobId>;

export const SessionId = z.uuid().brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

export const InvitationId = z.uuid().brand<'InvitationId'>();
export type InvitationId = z.infer<typeof InvitationId>;

export const TokenId = z.uuid().brand<'TokenId'>();
export type TokenId = z.infer<typeof TokenId>;

export const AuditEventId = z.uuid().brand<'AuditEventId'>();
export type AuditEventId = z.infer<typeof AuditEventId>;

export const DeletionId = z.uuid().brand<'DeletionId'>();
export type DeletionId = z.infer<typeof DeletionId>;

export const OrderLineId = z.uuid().brand<'OrderLineId'>();
export type OrderLineId = z.infer<typeof OrderLineId>;

export const InvoiceLineId = z.uuid().brand<'InvoiceLineId'>();
export type InvoiceLineId = z.infer<typeof InvoiceLineId>;

/** The provider's id of an organization ("Org UUID" in call records), always lower case. */
export const OrgUuid = z.guid().toLowerCase().brand<'OrgUuid'>();
export type OrgUuid = z.infer<typeof OrgUuid>;

/** "Report ID" of a call record: one call leg. */
export const ReportId = z.guid().toLowerCase().brand<'ReportId'>();
export type ReportId = z.infer<typeof ReportId>;

/** A calendar date, YYYY-MM-DD, without a zone; of a year that databases know, too: PostgreSQL has no year 0. */
export const CalendarDate = z.iso
  .date()
  .refine((day) => day >= '1000-01-01', 'The year must lie between 1000 and 9999.');
export type CalendarDate = z.infer<typeof CalendarDate>;

/** A UTC instant, ISO 8601 with milliseconds and Z. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;
