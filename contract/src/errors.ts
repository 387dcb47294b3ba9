import { z } from 'zod';

interface ErrorEntry {
  status: number;
  /** English sentence of the server; {name} is filled from the error's data. The page renders code and data in the person's language. */
  sentence: string;
  /** Whether doing the same again later may work. */
  mayRetry: boolean;
}

const entry = (status: number, sentence: string, mayRetry = false): ErrorEntry => ({ status, sentence, mayRetry });

/** In the data of invalid_request where the first wrong field is known, beside `field` and, of the sizes, `limit`. */
export type InvalidReason =
  | 'missing'
  | 'unreadable'
  | 'not_listed'
  | 'unknown' // there is no such field
  | 'future'
  | 'above' // more than limit: of characters, entries, or in itself
  | 'below';

/** The closed list of what can go wrong. A code is part of the API and is never reused for another meaning. */
export const errorCatalog = {
  not_signed_in: entry(401, 'Sign in first.'),
  sign_in_failed: entry(401, 'E-mail or password is wrong.'),
  sign_in_throttled: entry(429, 'Too many failed attempts. Try again in {seconds} s.', true),
  session_expired: entry(401, 'The session has ended. Sign in again.'),
  csrf_failed: entry(403, 'The request did not come from this page. Reload it and try again.'),
  session_needed: entry(403, 'An access token cannot do this. Sign in to the page.'),
  token_invalid: entry(401, 'The access token is unknown, revoked or expired. Make a new one in Settings.'),
  rate_limited: entry(429, 'Too many requests. Try again in {seconds} s.', true),
  permission_denied: entry(403, 'Your role does not include this act ({permission}).'),
  token_scope_missing: entry(
    403,
    'The access token does not include this act ({permission}). Make one with this scope.',
  ),
  not_found: entry(404, 'There is nothing here, or it is not yours to see.'),
  invalid_request: entry(400, 'The request is not valid: {issues}'),
  request_headers_too_large: entry(
    431,
    'The address of this request, with its headers, is longer than {limit} bytes. Shorten the filter.',
  ),
  request_too_slow: entry(408, 'The request did not arrive whole in time. Send it again.', true),
  setup_done: entry(409, 'This installation is set up already. Sign in.'),
  password_too_weak: entry(
    400,
    'The password needs at least {minimum} characters, must not contain the part of the e-mail before the @, and must not be a very common one.',
  ),
  name_needed: entry(400, 'Say your name.'),
  partner_not_found: entry(404, 'There is no such partner, or you do not belong to it.'),
  administrator_not_found: entry(404, 'There is no such administrator.'),
  administrator_exists: entry(409, '{email} is an administrator of this partner already.'),
  last_full_administrator: entry(
    409,
    'The last full administrator must stay. Make somebody else full administrator first.',
  ),
  invitation_not_found: entry(404, 'There is no such open invitation.'),
  invitation_invalid: entry(410, 'This invitation was used, withdrawn or has expired. Ask for a new one.'),
  token_not_found: entry(404, 'There is no such access token.'),
  token_limit: entry(409, 'You have {limit} access tokens. Revoke one first.'),
  customer_not_found: entry(404, 'There is no such customer, or it is not yours to see.'),
  customer_org_taken: entry(409, 'Another of your customers has this organization ID: {customerName}.'),
  customer_org_not_yours: entry(409, 'This organization ID cannot be used. Ask a full administrator of your partner.'),
  customer_org_set: entry(409, 'This customer is linked to an organization already.'),
  customer_region_mismatch: entry(
    409,
    'This customer is kept in {customerRegion}, the rows are held in {region}. A customer’s region cannot change.',
  ),
  directory_unavailable: entry(
    503,
    'Partner Hub cannot reach its database at this moment. Nothing was lost; try again soon.',
    true,
  ),
  subscription_not_found: entry(404, 'There is no such subscription, or it is not yours to see.'),
  trial_not_found: entry(404, 'There is no such trial, or it is not yours to see.'),
  contract_reference_taken: entry(409, 'There is a subscription or trial {reference} already, of {customerName}.'),
  contract_reference_not_yours: entry(
    409,
    'The reference {reference} cannot be used. Choose another, or ask a full administrator of your partner.',
  ),
  contract_ended: entry(409, '{reference} has ended. What has ended is kept and cannot be removed.'),
  trial_in_past: entry(
    409,
    'The trial would be over already: its last day, {endsOn}, is before today, {today}. Choose a last day from today on. Trials of the past come in with a file of records.',
  ),
  trial_of_product_open: entry(
    409,
    'This customer has a trial of {product} already: {reference}. Change that one instead.',
  ),
  changed_meanwhile: entry(409, 'Somebody else changed this meanwhile. Look at what it is now and change it again.'),
  renewal_term_over: entry(
    409,
    'This was about a term that is over: {reference} ends on {endsOn} now. What was written down stays with its term.',
  ),
  filter_invalid: entry(400, 'The filter cannot be read at character {at}: {reason}.'),
  filter_too_long: entry(400, 'The filter has {length} characters; the limit is {limit}.'),
  filter_too_wide: entry(
    400,
    'The filter leaves {customers} customers; call legs are listed of a filter that leaves, or leaves out, at most {limit} of a region. Narrow the filter, or open one customer.',
  ),
  customers_not_mergeable: entry(409, 'These two customers cannot be merged: {reason}.'),
  customer_own: entry(409, 'This is your own organization; it cannot be changed here.'),
  deletion_name_differs: entry(
    409,
    'The name is not that of the customer. Write it exactly as it is shown: {customerName}.',
  ),
  deletion_person_differs: entry(
    409,
    'What was typed to confirm is not what the person is named by. Write it exactly as it was given.',
  ),
  deletion_person_unclear: entry(
    400,
    'Say the user UUID, an e-mail address or a number of the person. A number has 3 digits or more.',
  ),
  deletion_person_shared: entry(
    409,
    'Several people may have the same number or name. Look at what it concerns, and confirm that it is theirs.',
  ),
  customer_not_linked: entry(
    409,
    'This customer is not linked to an organization, so there are no records of its people.',
  ),
  vault_key_missing: entry(
    503,
    'The key by which deleted people are recognized is not here. Set HUB_SECRET_KEY as it was, or bring the file vault-key back.',
    true,
  ),
  deletion_not_found: entry(404, 'There is no such deletion.'),
  deletion_not_ended: entry(
    409,
    'This deletion has not ended yet: its receipt is written when it has, and only then can anybody be let in again.',
    true,
  ),
  tag_not_found: entry(404, 'There is no such tag.'),
  tag_name_taken: entry(409, 'There is a tag {name} already. Merge the two instead.'),
  tag_merged_has_name: entry(
    409,
    'The tag that this one was merged into is called {name} now. Give it another name, then take the merge back.',
  ),
  tag_limit: entry(409, 'A customer or a subscription has at most {limit} tags.'),
  tag_held_elsewhere: entry(
    409,
    'The tag {name} is also on customers that are not assigned to you. Ask a full administrator of your partner.',
  ),
  group_not_found: entry(404, 'There is no such customer group.'),
  group_name_taken: entry(409, 'There is a customer group {name} already.'),
  group_by_filter: entry(
    409,
    'This group is filled by its filter: customers cannot be added to it by hand, and it cannot be an administrator’s scope.',
  ),
  group_is_scope: entry(
    409,
    'Administrators see customers through the group {name}, so it can be neither removed nor filled by a filter. Take it from them first.',
  ),
  group_in_use: entry(409, 'The filter of the group {name} names this one. Change that first.'),
  group_within_itself: entry(409, 'The group would hold itself: its filter names {name}, which leads back to it.'),
  view_not_found: entry(404, 'There is no such saved view, or it is not yours.'),
  view_name_taken: entry(409, 'You have a view {name} already.'),
  bulk_job_not_found: entry(404, 'There is no such job, or it is not yours.'),
  bulk_job_ended: entry(409, 'This job has ended already.'),
  bulk_job_not_undoable: entry(409, 'This job cannot be undone.'),
  undo_later_tag: entry(
    409,
    'The tag “{name}” was removed or merged later and had some of the same holders. Undo that first.',
  ),
  undo_later_job: entry(
    409,
    'A later bulk job of {name} was about the same tags of some of the same customers. Undo that job first.',
  ),
  bulk_empty: entry(400, 'The selection holds no customer that you may see.'),
  records_unknown: entry(
    422,
    'The columns of {fileName} are none of those known here. Its first line begins with: {firstLine}.',
  ),
  records_too_many: entry(413, '{fileName} has more than {limit} rows. Split it and upload the parts.'),
  region_not_served: entry(400, 'This installation does not serve the region {region}.'),
  region_unavailable: entry(503, 'The store of region {region} did not answer.', true),
  range_invalid: entry(400, 'The range must start on or before its end.'),
  range_in_future: entry(
    400,
    'The range ends on {to}, long after today. Give days up to {latest}, the end of this month.',
  ),
  range_too_long: entry(400, 'The range may span at most {maximumDays} days.'),
  asker_left: entry(503, 'Nobody waited for this answer any more. Ask again.', true),
  metric_not_by: entry(400, 'The metric {metric} cannot be told by {dimension}.'),
  customer_needed: entry(400, 'Choose one customer: this is told of one customer at a time.'),
  metric_needs_days: entry(400, 'The metric {metric} is known by whole UTC days only. Choose days or weeks, and UTC.'),
  cursor_invalid: entry(400, 'This page link is no longer valid. Start from the first page.'),
  question_too_slow: entry(503, 'The question took longer than {seconds} s. Choose a shorter range.', true),
  import_not_found: entry(404, 'There is no such import, or it is not yours to see.'),
  import_empty: entry(422, 'The file {fileName} is empty. Export it again and upload it.'),
  import_not_text: entry(
    422,
    '{fileName} is not a text file: it begins like {looksLike}. Upload the CSV or JSON export itself; save a spreadsheet as "CSV UTF-8" first.',
  ),
  import_archive_damaged: entry(
    422,
    '{fileName} is damaged or was cut off, and cannot be unpacked. Fetch or pack it again and upload it.',
  ),
  import_archive_empty: entry(422, '{fileName} holds no files. Pack it again.'),
  import_archive_too_many: entry(
    422,
    '{fileName} holds more than {limit} files. Pack them into several archives. Nothing was imported.',
  ),
  import_archive_too_large: entry(
    422,
    'Unpacked, {fileName} has more than {limit} bytes. Pack its files into several archives. Nothing was imported.',
  ),
  import_archive_swells: entry(
    422,
    '{fileName} unpacks to more than {times} times its size, which no export does. Upload its files unpacked. Nothing was imported.',
  ),
  import_packed_encrypted: entry(422, '{fileName} is encrypted. Pack it without a password and upload it again.'),
  import_packed_unknown: entry(
    422,
    '{fileName} is packed in a way that is not known here (method {method}). Pack it as an ordinary ZIP (Deflate) or with gzip.',
  ),
  import_not_utf8: entry(
    422,
    '{fileName} is not UTF-8 from line {line} on; its letters would be stored wrong. Save it as UTF-8 ("CSV UTF-8" in Excel), or upload the export as it came.',
  ),
  import_no_records: entry(422, '{fileName} holds no records: the answer it came from was empty.'),
  import_too_many_columns: entry(
    422,
    '{fileName} has {columns} columns; at most {limit} are read. Remove those that are not needed and upload it again.',
  ),
  import_unknown_format: entry(
    422,
    '{fileName} is not a feed that is known here. Its first line begins with "{firstLine}". Known are reports of Webex Calling: Detailed Call History (CSV or JSON), Media Quality, Call Queue Stats, Call Queue Agent Stats, Auto Attendant Stats, Hunt Group Stats, Telephone Number and devices (CSV), locations and license snapshots (CSV or JSON).',
  ),
  import_unknown_columns: entry(
    422,
    '{fileName} is no report that is known here; its first line begins with "{firstLine}". Say what its columns mean and go on; the file is kept.',
  ),
  import_is_records: entry(
    422,
    '{fileName} holds records ({kind}) and no report: bring it with POST /api/record-imports, or on the page Customers, Import records. If it is a report all the same, say what its columns mean; the file is kept.',
  ),
  import_columns_missing: entry(
    422,
    '{fileName} lacks columns that are needed: {columns}. Export the report again with all columns, or say which of its columns they are; the file is kept.',
  ),
  import_columns_twice: entry(
    422,
    '{fileName} names a column twice: {columns}. Rename or remove one of them and upload it again.',
  ),
  import_json_truncated: entry(
    422,
    '{fileName} ends in the middle of record {record} (byte {byte}). It was probably cut off; fetch it again. Nothing was imported.',
  ),
  import_json_invalid: entry(
    422,
    '{fileName} is not valid JSON at record {record} (byte {byte}): {reason}. Nothing was imported.',
  ),
  import_header_only: entry(422, '{fileName} has a header but no rows. Export it again over more days or unfiltered.'),
  import_users_broken: entry(
    422,
    '{fileName} is a list of users in which a row has more or fewer columns than the header, so its licenses cannot be counted. Export it again.',
  ),
  import_too_large: entry(413, 'The file has {bytes} bytes; the limit is {limit}. Split it and upload the parts.'),
  import_disk_full: entry(
    507,
    'There is not enough free disk space: {needed} bytes are needed, {free} are free. Free some and try again; nothing was lost.',
    true,
  ),
  import_interrupted: entry(400, 'The upload was cut off after {bytes} bytes. Send the file again.', true),
  import_needs_customer: entry(
    422,
    '{fileName} does not say which customer it is of. Choose the customer and go on; the file is kept.',
  ),
  import_needs_period: entry(
    422,
    '{fileName} does not say which days it is of. Enter the first and the last day and go on; the file is kept.',
  ),
  import_needs_customer_and_period: entry(
    422,
    '{fileName} says neither which customer nor which days it is of. Enter both and go on; the file is kept.',
  ),
  import_not_mappable: entry(
    409,
    'Columns are mapped for a CSV file that was not recognised and is kept. This import is none, or has gone on already.',
  ),
  mapping_field_unknown: entry(400, 'This kind of file has no field {field}.'),
  mapping_column_unknown: entry(400, 'The file has no column {column}. Choose another one.'),
  mapping_fields_missing: entry(400, 'These fields still need a column or a value: {fields}.'),
  mapping_skips_all: entry(400, 'With {rows} rows skipped, none is left in this file. Skip fewer.'),
  mapping_not_found: entry(404, 'There is no such mapping.'),
  mapping_outdated: entry(409, 'A newer version was saved meanwhile. Open it again.'),
  mapping_needs_file: entry(400, 'A copy needs a file of yours and a name.'),
  idempotency_key_reused: entry(
    409,
    'This Idempotency-Key came with another file, region, customer or days before: {fileName} with {bytes} bytes. Give every import a key of its own.',
  ),
  upload_not_found: entry(404, 'There is no such unfinished upload, or it is not yours. Begin a new one.'),
  upload_offset: entry(409, 'The upload stands at byte {offset}. Go on from there.'),
  upload_past_end: entry(400, 'The part reaches past the end of the file, which has {bytes} bytes.'),
  upload_incomplete: entry(409, 'Only {offset} of {bytes} bytes have arrived. Send the rest, then finish.'),
  import_not_cancelable: entry(409, 'This import has ended already.'),
  import_not_undoable: entry(
    409,
    'Only an import that has brought its rows can be undone. The files of an archive are undone one by one.',
  ),
  import_undo_expired: entry(
    409,
    'This import can no longer be undone: what an import replaced is kept for {days} days, and imports of earlier releases kept nothing.',
  ),
  import_undo_later: entry(
    409,
    'B-{number} brought {rows} of the same rows later and builds on this import. Undo B-{number} first.',
  ),
  import_undo_later_hidden: entry(
    409,
    'Somebody else brought some of the same rows later, in an import that builds on this one. Ask an administrator who sees all imports.',
  ),
  rejected_row_not_found: entry(404, 'Row {row} is none of the rejected rows of this import.'),
  rejected_row_needs_file: entry(
    422,
    'Row {row} cannot be corrected by one value: its columns are wrong. Download the rejected rows, correct the file and upload it.',
  ),
  import_not_retryable: entry(409, 'Only an import that failed can be tried again.'),
  import_engine_failed: entry(500, 'The store could not read the file: {reason}. The file is kept; try again.', true),
  import_file_missing: entry(
    500,
    '{fileName} is not in the folder for files (HUB_FILES). Do all processes of Partner Hub see the same folder? When they do, try again.',
    true,
  ),
  held_not_found: entry(404, 'No rows are held for this organization.'),
  connector_not_found: entry(404, 'There is no such connector.'),
  connector_name_taken: entry(409, 'There is a connector {name} already.'),
  connector_limit: entry(409, 'A partner has at most {limit} connectors. Remove one first.'),
  connector_paused: entry(409, 'This connector is paused. Resume it first.'),
  connector_credential_needed: entry(
    400,
    'The token is sent to no other address than the one it was given for. Enter it again together with the new address.',
  ),
  connector_address_invalid: entry(400, '{address} is no address such as https://webexapis.com/v1.'),
  connector_address_not_https: entry(
    400,
    '{address} does not begin with https://, so the token could be read on the way.',
  ),
  connector_address_private: entry(
    400,
    '{address} lies in a private network. Who runs this installation can allow that with HUB_CONNECTOR_NETWORKS.',
  ),
  connector_organization_not_found: entry(404, 'This connector lists no such organization.'),
  demo_absent: entry(409, 'There is no demo data to remove.'),
  demo_busy: entry(
    409,
    'Demo data is still being loaded or removed, or an import is running. Wait until that has ended.',
    true,
  ),
  internal: entry(500, 'Something failed on our side. Name the tracking ID when you ask for help.', true),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalog;
export const ErrorCode = z.enum(Object.keys(errorCatalog) as [ErrorCode, ...ErrorCode[]]);

/** application/problem+json as every /api refusal carries it. `data` fills the sentence and never names what is not the caller's. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  trackingId: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** Fills {name} in a catalog sentence from the error's data. */
export function sentenceOf(code: ErrorCode, data: Record<string, string | number>): string {
  return errorCatalog[code].sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''));
}
