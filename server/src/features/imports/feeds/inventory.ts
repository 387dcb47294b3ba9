import { column, day, type Feed, location, organization } from './feed.ts';

/** The Telephone Number report of Control Hub, and the Phone numbers report of Partner Hub over many organizations: what there is on a day. */
export const phoneNumbers: Feed = {
  code: 'webex_phone_numbers',
  table: 'phone_number',
  held: 'held_phone_number',
  columns: [
    day,
    organization,
    location,
    column('country', 'Country', 'word', ['Country code']),
    column('phone_number', 'Phone number', 'text', ['Phone No', 'Phone NO.', 'Number', 'Telephone number']),
    column('extension', 'Extension', 'text', ['Extn.', 'Extn']),
    column('active', 'Active', 'flag', ['Is active', 'Activated']),
    column('user_type', 'User type', 'word', ['Owner type', 'Assigned to type']),
    column('number_type', 'Number type', 'word', ['Phone number type']),
    column('email', 'Email', 'text', ['E-mail', 'User ID', 'User email']),
    column('user_uuid', 'User UUID', 'uuid'),
    column('last_known', 'Last known', 'text', ['Last known activity']),
    column('pstn_connection', 'PSTN connection', 'word', ['PSTN connection type', 'PSTN provider']),
    column('location_id', 'Location ID', 'text'),
  ],
  needed: [['phone_number'], ['extension'], ['number_type', 'active']],
  // Of an extension the number is blank, and the other way round; extensions are unique in their location only.
  key: { of: [['org_uuid'], ['period_from'], ['period_to'], ['location'], ['phone_number'], ['extension']] },
  laterBy: 'import',
  time: 'period_from',
};

/** Devices as Control Hub exports them, and the Devices report of Partner Hub over many organizations: what there is on a day. */
export const devices: Feed = {
  code: 'webex_devices',
  table: 'device',
  held: 'held_device',
  columns: [
    day,
    organization,
    location,
    column('device', 'Device', 'text', ['Device name', 'Name', 'Display name', 'Belongs to']),
    column('product', 'Product', 'word', ['Model', 'Device model', 'Product name']),
    column('device_type', 'Type', 'word', ['Device type', 'Product type']),
    column('mac', 'MAC', 'text', ['MAC address', 'Device MAC']),
    column('serial', 'Serial', 'text', ['Serial number', 'Serial No.']),
    column('ip', 'IP', 'text', ['IP address']),
    column('status', 'Status', 'word', ['Connection status', 'Online status']),
    column('firmware', 'Firmware', 'word', ['Software version', 'Software', 'Firmware version']),
    column('upgrade_channel', 'Upgrade channel', 'word', ['Software upgrade channel']),
    column('phone_number', 'Phone number', 'text', ['Primary phone number', 'Phone number (primary)']),
    column('extension', 'Extension', 'text', ['Primary extension', 'Extension (primary)']),
    column('email', 'Email', 'text', ['User ID', 'User email', 'E-mail']),
    column('user_uuid', 'User UUID', 'uuid'),
    column('location_id', 'Location ID', 'text'),
    column('first_seen', 'First seen', 'lenient_time', ['Created', 'Activated on']),
    column('last_seen', 'Last seen', 'lenient_time', ['Last connection time']),
    column('tags', 'Tags', 'text'),
  ],
  needed: [
    ['product', 'device_type'],
    ['mac', 'serial'],
    ['status', 'firmware', 'ip'],
  ],
  key: { of: [['org_uuid'], ['period_from'], ['period_to'], ['mac', 'serial', 'device']] },
  laterBy: 'import',
  time: 'period_from',
};

/** The locations of an organization, of a table or of the provider's answer to `GET /locations` (json-forms.ts): what there is on a day. */
export const locations: Feed = {
  code: 'webex_locations',
  table: 'location',
  held: 'held_location',
  columns: [
    day,
    { ...organization, aliases: [...(organization.aliases ?? []), 'org_id'] },
    column('location', 'Location name', 'required_word', ['Location', 'Name', 'Site name', 'location_name']),
    column('location_id', 'Location ID', 'text', ['ID', 'location_id']),
    column('address_1', 'Address 1', 'text', ['Address', 'Address line 1', 'Street', 'address_1']),
    column('address_2', 'Address 2', 'text', ['Address line 2', 'address_2']),
    column('city', 'City', 'word', ['City/Town', 'Town']),
    column('state', 'State', 'word', ['State/Province', 'Province', 'State/Province/Region']),
    column('postal_code', 'Postal code', 'text', ['ZIP/Postal code', 'ZIP code', 'ZIP', 'postal_code']),
    column('country', 'Country', 'word', ['Country code', 'Country/Region']),
    column('time_zone', 'Time zone', 'word', ['Timezone', 'time_zone']),
    column('language', 'Language', 'word', ['Preferred language', 'Announcement language']),
    column('main_number', 'Main number', 'text', ['Main phone number', 'Phone number', 'main_number']),
  ],
  needed: [['location'], ['address_1', 'city', 'postal_code'], ['time_zone', 'country']],
  key: { of: [['org_uuid'], ['period_from'], ['period_to'], ['location_id', 'location']] },
  laterBy: 'import',
  time: 'period_from',
};
