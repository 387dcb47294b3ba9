import { neededColumns } from './call-history-columns.ts';
import { callHistory } from './feeds/call-history.ts';
import type { Feed } from './feeds/feed.ts';
import { devices, locations, phoneNumbers } from './feeds/inventory.ts';
import { licenseSnapshots } from './feeds/licenses.ts';

type JsonRecord = Record<string, unknown>;

/** A kind of answer of the provider that is imported as a feed. */
export interface JsonForm {
  feed: Feed;
  /** Whether a record is of this kind; the first of a file decides. */
  isOf: (record: JsonRecord) => boolean;
  /** The record with the heads of the feed as its keys; what is left over keeps its own. */
  read: (record: JsonRecord) => JsonRecord;
  /** What some record must have. */
  needed: readonly (readonly string[])[];
}

/** The UUID in one of the provider's ids, which are base64 of `ciscospark://us/TYPE/uuid`, a license's of `…/LICENSE/organization:MS_license`. */
function uuidIn(id: unknown, pattern: RegExp): string | undefined {
  if (typeof id !== 'string' || !/^[A-Za-z0-9+/_-]{8,400}=*$/.test(id)) return undefined;
  return pattern.exec(Buffer.from(id, 'base64').toString('latin1'))?.[1];
}

const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const ofLicense = new RegExp(`^ciscospark://[^/]+/LICENSE/(${uuid}):`);
const ofOrganization = new RegExp(`^(?:ciscospark://[^/]+/ORGANIZATION/)(${uuid})$`);

const ofPerson = new RegExp(`^ciscospark://[^/]+/(?:PEOPLE|USER)/(${uuid})$`);

/** `GET /licenses`. It says neither day nor organization; the ids of licenses mostly name that. */
const licenseForm: JsonForm = {
  feed: licenseSnapshots,
  isOf: (record) => 'name' in record && ('totalUnits' in record || 'consumedUnits' in record),
  read: ({ id, name, totalUnits, consumedUnits, subscriptionId, siteUrl, ...rest }) => ({
    'Org UUID': uuidIn(id, ofLicense),
    ...rest,
    'Subscription ID': subscriptionId,
    Product: name,
    'Site URL': siteUrl,
    Ordered: totalUnits,
    Assigned: consumedUnits,
  }),
  // A free license is of no subscription.
  needed: [['product'], ['ordered', 'assigned']],
};

/** `GET /locations`. */
const locationForm: JsonForm = {
  feed: locations,
  isOf: (record) => 'name' in record && ('timeZone' in record || typeof record.address === 'object'),
  read: ({ id, name, orgId, timeZone, preferredLanguage, address, ...rest }) => {
    const { address1, address2, city, state, postalCode, country } = (address ?? {}) as JsonRecord;
    return {
      'Org UUID': uuidIn(orgId, ofOrganization),
      ...rest,
      'Location ID': id,
      'Location name': name,
      'Time zone': timeZone,
      Language: preferredLanguage,
      'Address 1': address1,
      'Address 2': address2,
      City: city,
      State: state,
      'Postal code': postalCode,
      Country: country,
    };
  },
  needed: [['location'], ['address_1', 'city', 'postal_code', 'time_zone', 'country']],
};

/** `GET /telephony/config/numbers`. It says neither day nor organization. */
const numberForm: JsonForm = {
  feed: phoneNumbers,
  isOf: (record) => ('phoneNumber' in record || 'extension' in record) && 'location' in record,
  read: ({ phoneNumber, extension, state, phoneNumberType, location, owner, ...rest }) => {
    const [place, whose] = [(location ?? {}) as JsonRecord, (owner ?? {}) as JsonRecord];
    return {
      ...rest,
      Location: place.name,
      'Location ID': place.id,
      'Phone number': phoneNumber,
      Extension: extension,
      Active: typeof state === 'string' ? String(state.toUpperCase() === 'ACTIVE') : undefined,
      'User type': whose.type,
      'Number type': phoneNumberType,
      'User UUID': uuidIn(whose.id, ofPerson),
    };
  },
  // Extensions have no number, and numbers may have no extension.
  needed: [
    ['phone_number', 'extension'],
    ['active', 'number_type', 'location'],
  ],
};

/** `GET /devices`. It says no day, and of whose devices it is only in the IDs of some. */
const deviceForm: JsonForm = {
  feed: devices,
  isOf: (record) => 'product' in record && ('connectionStatus' in record || 'mac' in record || 'serial' in record),
  read: (record) => {
    const { displayName, orgId, personId, product, type, mac, serial, ip, connectionStatus, software, ...others } =
      record;
    const { upgradeChannel, locationId, created, firstSeen, lastSeen, tags, ...rest } = others;
    return {
      'Org UUID': uuidIn(orgId, ofOrganization),
      ...rest,
      Device: displayName,
      Product: product,
      Type: type,
      MAC: mac,
      Serial: serial,
      IP: ip,
      Status: connectionStatus,
      Firmware: software,
      'Upgrade channel': upgradeChannel,
      'User UUID': uuidIn(personId, ofPerson),
      'Location ID': locationId,
      'First seen': firstSeen ?? created,
      'Last seen': lastSeen,
      Tags: Array.isArray(tags) ? tags.join(', ') : tags,
    };
  },
  needed: [
    ['product', 'device_type'],
    ['mac', 'serial', 'device'],
  ],
};

export const callHistoryForm: JsonForm = {
  feed: callHistory,
  isOf: () => true,
  read: (record) => record,
  needed: neededColumns.map((name) => [name]),
};

export const jsonForms: readonly JsonForm[] = [licenseForm, locationForm, deviceForm, numberForm, callHistoryForm];
