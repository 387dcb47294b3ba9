import type { AdministrationMessageId } from './administration/en.ts';
import type { AnalyticsMessageId } from './analytics/en.ts';
import type { ChartMessageId } from './charts/en.ts';
import type { CustomerMessageId } from './customer/en.ts';
import type { CustomersMessageId } from './customers/en.ts';
import type { EngagementMessageId } from './engagement/en.ts';
import type { FormulasMessageId } from './formulas/en.ts';
import type { FreshnessMessageId } from './freshness/en.ts';
import type { HealthMessageId } from './health/en.ts';
import type { ImportsMessageId } from './imports/en.ts';
import type { LegsMessageId } from './legs/en.ts';
import type { MappingMessageId } from './mapping/en.ts';
import type { OverviewMessageId } from './overview/en.ts';
import type { ReconciliationMessageId } from './reconciliation/en.ts';
import type { RenewalsMessageId } from './renewals/en.ts';
import type { UsageMessageId } from './usage/en.ts';

/** English, and the list of messages that every language has. What only some pages say lies in the folder of its catalog. Reviewed terms come first in wording; ICU MessageFormat. */
export const en = {
  // Frame
  'name.product': 'Partner Hub',
  'nav.main': 'Main navigation',
  'nav.overview': 'Overview',
  'nav.customers': 'Customers',
  'nav.allCustomers': 'All customers',
  'nav.savedViews': 'Saved views',
  'nav.viewIsShared': 'Shared',
  'nav.analytics': 'Analytics',
  'nav.analytics.subscriptions': 'Subscriptions',
  'nav.analytics.engagement': 'Calling engagement',
  'nav.analytics.usage': 'Calling usage',
  'nav.analytics.reconciliation': 'Reconciliation',
  'nav.analytics.health': 'Customer health',
  'nav.renewals': 'Renewals',
  'nav.imports': 'Imports',
  'nav.dataFreshness': 'Data freshness',
  'nav.administrators': 'Administrators',
  'nav.auditLog': 'Audit log',
  'nav.settings': 'Settings',
  'nav.collapse': 'Collapse navigation',
  'nav.collapse.short': 'Collapse',
  'nav.expand': 'Expand navigation',
  'nav.open': 'Open navigation',
  'nav.skipToContent': 'Skip to content',
  'frame.search': 'Search customers and pages',
  'frame.commandPalette': 'Command palette',
  'frame.language': 'Language',
  'frame.regionsReadOnly':
    '{count, plural, one {The store of region {regions} takes no writes (it is read-only). Imports for it wait and nothing is lost; they enter by themselves.} other {The stores of the regions {regions} take no writes (they are read-only). Imports for them wait and nothing is lost; they enter by themselves.}}',
  'frame.regionsUnavailable':
    '{count, plural, one {The store of region {regions} does not answer. Its numbers cannot be shown at this moment; imports for it wait and nothing is lost.} other {The stores of the regions {regions} do not answer. Their numbers cannot be shown at this moment; imports for them wait and nothing is lost.}}',
  'frame.theme': 'Theme',
  'frame.theme.light': 'Light',
  'frame.theme.dark': 'Dark',
  'frame.theme.system': 'System',
  'frame.person': 'Your account: {name}',
  'frame.signedInAs': 'Signed in as {name}',
  'frame.signOut': 'Sign out',
  'frame.partner': 'Partner: {name}. Switch to another',
  'frame.partners': 'Your partners',
  'frame.notYours': 'Your role does not include this page',
  'frame.notYours.hint': 'Your role with {partner}: {role}. A partner full administrator can change it.',
  'frame.demo': 'Demo data',
  'frame.demo.loading': 'Demo data is being loaded',
  'frame.demo.removing': 'Demo data is being removed',
  'palette.nothing': 'Nothing found for “{query}”',
  'palette.pages': 'Pages',
  'palette.actions': 'Actions',
  'palette.customers': 'Customers',
  'palette.upload': 'Upload call history',
  'palette.usageOf': 'Calling usage in {region}',
  'palette.language': 'Language: {name}',
  'palette.theme': 'Theme: {name}',

  // Actions and common words
  'action.save': 'Save',
  'action.edit': 'Edit',
  'action.remove': 'Remove',
  'action.undo': 'Undo',
  'action.cancel': 'Cancel',
  'action.close': 'Close',
  'action.copied': 'Copied',
  'action.copyValue': 'Copy {name}',
  'action.copyTracking': 'Copy ID',
  'action.copyLink': 'Copy link',
  'action.retry': 'Try again',
  'action.apply': 'Apply',
  'action.showMore': 'Show more',
  'action.chooseColumns': 'Choose columns',
  'action.columns': 'Columns',
  'action.reset': 'Reset',
  'action.reload': 'Reload the page',
  'common.name': 'Name',
  'common.email': 'Email',
  'common.password': 'Password',
  'common.showPassword': 'Show the password',
  'common.optional': 'Optional',
  'common.region': 'Region',
  'common.role': 'Role',
  'common.sortedAscending': 'sorted ascending',
  'common.sortedDescending': 'sorted descending',
  'common.sortBy': 'Sort by',
  'common.ascending': 'Ascending',
  'common.descending': 'Descending',
  'common.density': 'Row density',
  'common.density.comfortable': 'Comfortable',
  'common.density.compact': 'Compact',
  'common.utc': 'UTC',
  'common.quoted': '“{name}”',
  'count.rows': '{count, plural, one {# row} other {# rows}}',
  'count.customers': '{count, plural, one {# customer} other {# customers}}',
  'tags.manage': 'Manage tags',
  'count.shown': '{shown, number} of {total, number}',

  // States
  'state.loading': 'Loading…',
  'state.saved': 'Saved',
  'error.title': 'Something went wrong',
  'error.loadFailed': 'The data could not be loaded.',
  'error.trackingId': 'Tracking ID: {id}',
  'error.offline': 'The server did not answer. Check your connection and try again.',
  'error.notHub': 'Something between you and the hub answered with status {status}. Try again.',
  'error.notFound': 'Page not found',
  'error.notFound.hint': 'The address may be mistyped, or the page may have moved.',
  'error.toStart': 'To the start page',
  'error.crashed': 'This page has stopped working',
  'error.crashed.hint':
    'What you entered may be lost. Reload the page; if it happens again, name this message when you ask for help: {message}',
  'error.tooLong': 'The text is too long: at most {max, plural, one {# character fits} other {# characters fit}}.',
  'error.required': 'Enter a value.',
  'error.invalidEmail': 'Enter a valid email address.',

  // Sessions
  'signIn.title': 'Sign in',
  'signIn.to': 'to Partner Hub',
  'signIn.continue': 'Continue',
  'signIn.capsLock': 'Caps Lock is on.',
  'signIn.ended': 'Your session has ended. Sign in again.',
  'signIn.footer': 'Open source',
  'setup.title': 'Set up Partner Hub',
  'setup.intro': 'You create the first partner and its full administrator. This works once.',
  'setup.partner': 'Partner',
  'setup.partner.hint': 'The name of your company, as everybody sees it.',
  'setup.homeRegion': 'Home region',
  'setup.homeRegion.hint': 'Where new imports go unless you choose another region.',
  'setup.person': 'Your name',
  'setup.password.hint':
    'At least {minimum, number} characters. Without the part of your email before the @; not a common one.',
  'setup.password.short':
    'At least {minimum, number} characters; {count, plural, one {# more is} other {# more are}} needed.',
  'setup.submit': 'Create and sign in',

  // Feeds
  'feed.webex_call_history': 'Call history',
  'feed.webex_media_quality': 'Media quality',
  'feed.webex_call_queue_stats': 'Call queue statistics',
  'feed.webex_call_queue_agent_stats': 'Call queue agent statistics',
  'feed.webex_auto_attendant_stats': 'Auto attendant statistics',
  'feed.webex_hunt_group_stats': 'Hunt group statistics',
  'feed.webex_phone_numbers': 'Phone numbers',
  'feed.webex_devices': 'Devices',
  'feed.webex_locations': 'Locations',
  'feed.license_snapshots': 'License snapshots',
  'feed.unknown': 'Not recognized',

  // Regions and roles
  'region.all': 'All regions',
  'region.selector': 'Region selector',
  'region.us': 'United States (US)',
  'region.ca': 'Canada (CA)',
  'region.eu': 'European Union (EU)',
  'region.uae': 'United Arab Emirates (UAE)',
  'region.answered': '{answered, number} of {total, plural, one {# region} other {# regions}} answered',
  'region.silent': 'No answer from {regions}. The other regions are shown, and the total leaves it out.',
  'role.partner_full': 'Partner full administrator',
  'role.partner_admin': 'Partner administrator',
  'role.partner_read_only': 'Partner read-only administrator',
  'role.help_desk_basic': 'Help desk administrator (Basic)',
  'role.help_desk_advanced': 'Help desk administrator (Advanced)',
  'role.partner_full.desc': 'Manages everything for all customers and assigns roles.',
  'role.partner_admin.desc': 'Manages the customers assigned to this person, and creates new ones.',
  'role.partner_read_only.desc': 'Sees all customers and changes nothing.',
  'role.help_desk_basic.desc':
    'Sees the names of all customers and the audit log; no call legs, phone numbers or exports. Changes nothing.',
  'role.help_desk_advanced.desc': 'Sees what Basic sees. For help desk staff of the second line.',
  'role.readOnly': 'Your role, {role}, sees everything here and changes nothing.',

  // Imports
  'duration.seconds': '{s, number} s',
  'duration.minutes': '{m, number} min {s, number} s',
  'duration.hours': '{h, number} h {m, number} min',
  'imports.cancel': 'Cancel import',
  'batch.close': 'Close the panel',
  'toast.committed': '{name} is imported',
  'toast.committed.body':
    '{count, plural, one {# new row} other {# new rows}}, {rejected, plural, =0 {none rejected} one {# rejected} other {# rejected}}, {held, plural, =0 {none held} one {# held} other {# held}}',
  'toast.failed': '{name} was not imported',
  'toast.needs': '{name} waits for an answer',
  'toast.canceled': 'The import of {name} was canceled',
  'held.create': 'Create customer',

  // Calling usage
  'usage.range.from': 'From',
  'usage.range.to': 'To',
  'usage.asOf': '{region}, data as of {time} UTC',
  'usage.search.clear': 'Clear the search',

  // Call legs

  // Refusals of the server
  'error.not_signed_in': 'Sign in first.',
  'error.sign_in_failed': 'Email or password is wrong.',
  'error.sign_in_throttled':
    'Too many failed attempts. Try again in {seconds, plural, one {# second} other {# seconds}}.',
  'error.session_expired': 'Your session has ended. Sign in again.',
  'error.csrf_failed': 'The request did not come from this page. Reload it and try again.',
  'error.session_needed': 'An access token cannot do this. Sign in to the page.',
  'error.token_invalid': 'The access token is unknown, revoked or expired. Make a new one in Settings.',
  'error.rate_limited': 'Too many requests. Try again in {seconds, plural, one {# second} other {# seconds}}.',
  'error.directory_unavailable':
    'Partner Hub cannot reach its database at this moment. Nothing was lost; try again soon.',
  'error.token_scope_missing': 'The access token does not include this act ({permission}). Make one with this scope.',
  'error.permission_denied': 'You do not have permission to do this ({permission}).',
  'error.not_found': 'There is nothing here, or it is not yours to see.',
  'error.invalid_request':
    '{why, select, missing {{field} is missing.} future {{field} lies in the future.} above {{field} is too long or too large: at most {limit, number}.} below {{field} is too short or too small: at least {limit, number}.} none {The request is not valid.} other {{field} cannot be read as it is.}}',
  'error.request_headers_too_large':
    'The address of this request, with its headers, is longer than {limit, plural, one {# byte} other {# bytes}}. Shorten the filter.',
  'error.request_too_slow': 'The request did not arrive whole in time. Send it again.',
  'error.setup_done': 'This installation is set up already. Sign in.',
  'error.password_too_weak':
    'The password needs at least {minimum, number} characters, must not contain the part of the email before the @, and must not be a very common one.',
  'error.name_needed': 'Enter your name.',
  'error.partner_not_found': 'There is no such partner, or you do not belong to it.',
  'error.administrator_not_found': 'There is no such administrator. Perhaps somebody has removed them meanwhile.',
  'error.administrator_exists': '{email} is an administrator of this partner already.',
  'error.last_full_administrator':
    'The last full administrator must stay. Make somebody else full administrator first.',
  'error.invitation_not_found': 'There is no such open invitation. It was used or withdrawn.',
  'error.invitation_invalid': 'This invitation was used, withdrawn or has expired. Ask for a new one.',
  'error.token_not_found': 'There is no such access token.',
  'error.token_limit':
    '{limit, plural, one {You have # access token. Revoke it first.} other {You have # access tokens. Revoke one first.}}',
  'error.customer_not_found': 'There is no such customer, or it is not yours to see.',
  'error.customer_org_taken': 'Another of your customers has this organization ID: {customerName}.',
  'error.customer_org_not_yours': 'This organization ID cannot be used. Ask a full administrator of your partner.',
  'error.customer_org_set': 'This customer is linked to an organization already.',
  'error.customer_region_mismatch':
    'This customer is kept in {customerRegion}, the rows are held in {region}. A customer’s region cannot change.',
  'error.subscription_not_found': 'There is no such subscription, or it is not yours to see.',
  'error.trial_not_found': 'There is no such trial, or it is not yours to see.',
  'error.contract_reference_taken': 'There is a subscription or trial {reference} already, of {customerName}.',
  'error.contract_reference_not_yours':
    'The reference {reference} cannot be used. Choose another, or ask a full administrator of your partner.',
  'error.contract_ended': '{reference} has ended. What has ended is kept and cannot be removed.',
  'error.trial_in_past':
    'The trial would be over already: its last day, {endsOn}, is before today, {today}. Choose a last day from today on. Past trials come in with an import of records.',
  'error.trial_of_product_open':
    'This customer has a trial of {product} already: {reference}. Change that one instead.',
  'error.changed_meanwhile': 'Somebody else changed this meanwhile. Look at what it is now and change it again.',
  'error.renewal_term_over':
    'This was about a term that is over: {reference} ends on {endsOn} now. What was written down stays with its term.',
  'error.filter_invalid': 'The filter cannot be read at character {at, number}. Correct it and try again.',
  'error.filter_too_long':
    'The filter has {length, plural, one {# character} other {# characters}}; the limit is {limit, number}.',
  'error.filter_too_wide':
    'The filter leaves {customers, plural, one {# customer} other {# customers}}; call legs are listed of a filter that leaves, or leaves out, at most {limit, number} of a region. Narrow the filter, or open one customer.',
  'error.customers_not_mergeable': 'These two customers cannot be merged: {reason}.',
  'error.customer_own': 'This is your own organization; it cannot be changed here.',
  'error.deletion_name_differs':
    'The name is not that of the customer. Type it exactly as it is shown: {customerName}.',
  'error.deletion_person_differs': 'This is not what the person is named by. Type it exactly as it is shown.',
  'error.deletion_person_unclear': 'Say the user UUID, an e-mail address or a number (3 digits or more).',
  'error.deletion_person_shared': 'Several people may have this number or name. Confirm that it is meant.',
  'error.customer_not_linked': 'This customer has no organization, so there are no records of its people.',
  'error.vault_key_missing':
    'The key that recognizes deleted people is missing. Whoever runs the server must bring it back.',
  'error.deletion_not_found': 'There is no such deletion.',
  'error.deletion_not_ended': 'This deletion has not ended yet; its receipt is written when it has.',
  'error.tag_not_found': 'There is no such tag. Perhaps its last holder has dropped it.',
  'error.tag_name_taken': 'There is a tag {name} already. Merge the two instead.',
  'error.tag_merged_has_name':
    'The tag that this one was merged into is called {name} now. Give it another name, then take the merge back.',
  'error.tag_limit': 'A customer or a subscription has at most {limit, plural, one {# tag} other {# tags}}.',
  'error.group_not_found': 'There is no such customer group.',
  'error.group_name_taken': 'There is a customer group {name} already.',
  'error.group_by_filter':
    'This group is filled by its filter: customers cannot be added to it by hand, and it cannot be an administrator’s scope.',
  'error.group_is_scope':
    'Administrators see customers through the group {name}, so it can be neither removed nor filled by a filter. Take it from them first, on the page Administrators.',
  'error.group_in_use': 'The filter of the group {name} names this one. Change that first.',
  'error.view_not_found': 'There is no such saved view, or it is not yours.',
  'error.view_name_taken': 'You have a view {name} already.',
  'error.bulk_job_not_found': 'There is no such job, or it is not yours.',
  'error.bulk_job_ended': 'This job has ended already.',
  'error.bulk_job_not_undoable': 'This job cannot be undone.',
  'error.undo_later_tag':
    'The tag “{name}” was removed or merged later and had some of the same holders. Undo that first.',
  'error.undo_later_job':
    'A later bulk job of {name} was about the same tags of some of the same customers. Undo that job first.',
  'error.bulk_empty': 'The selection holds no customer that you may see.',
  'error.records_unknown':
    'The columns of {fileName} are none of those known here. Its first line begins with: {firstLine}.',
  'error.records_too_many':
    '{fileName} has more than {limit, plural, one {# row} other {# rows}}. Split it and upload the parts.',
  'error.region_not_served': 'This installation does not serve the region {region}.',
  'error.region_unavailable': 'The region {region} is not answering.',
  'error.range_invalid': 'The range must start on or before its end.',
  'error.range_in_future': 'The range ends on {to}, long after today. Give days up to {latest}, the end of this month.',
  'error.range_too_long': 'The range may span at most {maximumDays, plural, one {# day} other {# days}}.',
  'error.asker_left': 'Nobody waited for this answer any more. Ask again.',
  'error.metric_not_by': 'The metric {metric} cannot be told by {dimension}.',
  'error.customer_needed': 'Choose one customer: this is told of one customer at a time.',
  'error.metric_needs_days': 'The metric {metric} is known by whole UTC days only. Choose days or weeks, and UTC.',
  'error.cursor_invalid': 'This page link is no longer valid. Start from the first page.',
  'error.question_too_slow':
    'The question took longer than {seconds, plural, one {# second} other {# seconds}}. Choose a shorter range.',
  'error.import_not_found': 'There is no such import, or it is not yours to see.',
  'error.import_empty': 'The file {fileName} is empty. Export it again and upload it.',
  'error.import_not_text':
    '{fileName} is not a text file: it begins like {looksLike}. Upload the CSV or JSON export itself; save a spreadsheet as “CSV UTF-8” first.',
  'error.import_not_utf8':
    '{fileName} is not UTF-8 from line {line, number} on; its letters would be stored wrong. Save it as UTF-8 (“CSV UTF-8” in Excel), or upload the export as it came.',
  'error.import_no_records': '{fileName} holds no records: the answer it came from was empty.',
  'error.import_too_many_columns':
    '{fileName} has {columns, number} columns; at most {limit, number} are read. Remove those that are not needed.',
  'error.import_unknown_format':
    '{fileName} is not a feed that is known here. Its first line begins with “{firstLine}”. The page Imports names what is known.',
  'error.import_unknown_columns':
    '{fileName} is no report that is known here; its first line begins with “{firstLine}”. Say what its columns mean and go on; the file is kept.',
  'error.import_is_records':
    '{fileName} holds records, and no report: bring it with Import records. Otherwise say what its columns mean; the file is kept.',
  'error.import_columns_missing':
    '{fileName} lacks columns that are needed: {columns}. Export the report again with all columns, or say which of its columns they are; the file is kept.',
  'error.import_columns_twice': '{fileName} names a column twice: {columns}. Rename or remove one of them.',
  'error.import_json_truncated':
    '{fileName} ends in the middle of record {record, number} (byte {byte, number}). It was probably cut off; fetch it again. Nothing was imported.',
  'error.import_json_invalid':
    '{fileName} is not valid JSON at record {record, number} (byte {byte, number}): {reason}. Nothing was imported.',
  'error.import_users_broken':
    '{fileName} is a list of users in which a row has more or fewer columns than the header, so its licenses cannot be counted. Export it again.',
  'error.import_header_only': '{fileName} has a header but no rows. Export it again over more days or unfiltered.',
  'error.import_needs_customer':
    '{fileName} does not say which customer it is of. Choose the customer and go on; the file is kept.',
  'error.import_needs_period':
    '{fileName} does not say which days it is of. Enter the first and the last day and go on; the file is kept.',
  'error.import_needs_customer_and_period':
    '{fileName} says neither which customer nor which days it is of. Enter both and go on; the file is kept.',
  'error.import_too_large': 'The file has {bytes}; the limit is {limit}. Split it and upload the parts.',
  'error.import_disk_full':
    'There is not enough free disk space: {needed} are needed, {free} are free. Free some and try again; nothing was lost.',
  'error.import_interrupted': 'The upload was cut off after {bytes}. Send the file again.',
  'error.import_archive_damaged':
    '{fileName} is damaged or was cut off, and cannot be unpacked. Fetch or pack it again and upload it.',
  'error.import_archive_empty': '{fileName} holds no files. Pack it again.',
  'error.import_archive_too_many':
    '{fileName} holds more than {limit, plural, one {# file} other {# files}}. Pack them into several archives. Nothing was imported.',
  'error.import_archive_too_large':
    'Unpacked, {fileName} is larger than {limit}. Pack its files into several archives. Nothing was imported.',
  'error.import_archive_swells':
    '{fileName} unpacks to more than {times, number} times its size, which no export does. Upload its files unpacked. Nothing was imported.',
  'error.import_packed_encrypted': '{fileName} is encrypted. Pack it without a password and upload it again.',
  'error.import_packed_unknown':
    '{fileName} is packed in a way that is not known here (method {method, number}). Pack it as an ordinary ZIP (Deflate) or with gzip.',
  'error.idempotency_key_reused':
    'This Idempotency-Key came with another import: {fileName}, {bytes}. Give each its own.',
  'error.upload_not_found': 'There is no such unfinished upload, or it is not yours. Begin a new one.',
  'error.import_not_mappable':
    'Columns are mapped for a CSV file that was not recognised and is kept. This import is none, or has gone on already.',
  'error.mapping_field_unknown': 'This kind of file has no field {field}.',
  'error.mapping_column_unknown': 'The file has no column {column}. Choose another one.',
  'error.mapping_fields_missing': 'These fields still need a column or a value: {fields}.',
  'error.mapping_skips_all':
    'With {rows, plural, one {# row} other {# rows}} skipped, none is left in this file. Skip fewer.',
  'error.mapping_not_found': 'There is no such mapping.',
  'error.mapping_outdated': 'A newer version was saved meanwhile. Open it again.',
  'error.mapping_needs_file': 'A copy needs a file of yours and a name.',
  'error.upload_offset': 'The upload stands at byte {offset, number}. Go on from there.',
  'error.upload_past_end': 'The part reaches past the end of the file, which has {bytes}.',
  'error.upload_incomplete': 'Only {offset} of {bytes} have arrived. Send the rest, then finish.',
  'toast.unpacked': '{name} is unpacked',
  'toast.unpacked.body':
    '{count, plural, one {# file is imported on its own.} other {# files are imported one after another.}}',
  'error.import_not_cancelable': 'This import has ended already.',
  'error.import_not_retryable': 'Only an import that failed can be tried again.',
  'error.rejected_row_not_found': 'Row {row, number} is none of the rejected rows of this import.',
  'error.rejected_row_needs_file':
    'Row {row, number} cannot be corrected by one value: its columns are wrong. Download the rejected rows, correct the file and upload it.',
  'error.import_not_undoable':
    'Only an import that has brought its rows can be undone. The files of an archive are undone one by one.',
  'error.import_undo_expired':
    'This import can no longer be undone: what an import replaced is kept for {days, plural, one {# day} other {# days}}, and imports of earlier releases kept nothing.',
  'error.import_undo_later':
    'B-{number} brought {rows, plural, one {# of the same rows} other {# of the same rows}} later and builds on this import. Undo B-{number} first.',
  'error.import_undo_later_hidden':
    'Somebody else brought some of the same rows later, in an import that builds on this one. Ask an administrator who sees all imports.',
  'error.import_engine_failed': 'The store could not read the file: {reason}. The file is kept; try again.',
  'error.import_file_missing':
    '{fileName} is not in the folder for files (HUB_FILES). Do all processes of Partner Hub see the same folder? When they do, try again.',
  'error.held_not_found': 'No rows are held for this organization.',
  'error.tag_held_elsewhere':
    'The tag “{name}” is also on customers that are not assigned to you. Ask a full administrator of your partner.',
  'error.group_within_itself': 'The group would hold itself: its filter names “{name}”, which leads back to it.',
  'error.connector_not_found': 'There is no such connector.',
  'error.connector_name_taken': 'There is a connector {name} already.',
  'error.connector_limit':
    'A partner has at most {limit, plural, one {# connector} other {# connectors}}. Remove one first.',
  'error.connector_paused': 'This connector is paused. Resume it first.',
  'error.connector_credential_needed':
    'The token is sent to no other address than the one it was given for. Enter it again together with the new address.',
  'error.connector_address_invalid': '{address} is no address such as https://webexapis.com/v1.',
  'error.connector_address_not_https': '{address} does not begin with https://, so the token could be read on the way.',
  'error.connector_address_private':
    '{address} lies in a private network. Who runs this installation can allow that with HUB_CONNECTOR_NETWORKS.',
  'error.connector_organization_not_found': 'This connector lists no such organization.',
  'error.demo_absent': 'There is no demo data to remove.',
  'error.demo_busy': 'Demo data is still being loaded or removed, or an import is running. Wait until that has ended.',
  'error.internal': 'Something failed on our side. Name the tracking ID when you ask for help.',
} as const;

export type CommonMessageId = keyof typeof en;
export type MessageId =
  | CommonMessageId
  | AdministrationMessageId
  | AnalyticsMessageId
  | ChartMessageId
  | CustomersMessageId
  | CustomerMessageId
  | EngagementMessageId
  | FormulasMessageId
  | FreshnessMessageId
  | HealthMessageId
  | ImportsMessageId
  | LegsMessageId
  | MappingMessageId
  | OverviewMessageId
  | ReconciliationMessageId
  | RenewalsMessageId
  | UsageMessageId;
