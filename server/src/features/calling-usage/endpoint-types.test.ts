import { type EndpointType, listCallLegs } from '@hub/contract/calling-usage';
import { expect, test } from 'vitest';
import { legRecord } from '../../testing/leg-record.ts';
import { usageHub } from '../../testing/usage-hub.ts';

/** Client type, model, OS type, sub client type → class (docs/metrics.md#endpoint-types). */
const table: [EndpointType, string, string?, string?, string?][] = [
  ['desk_phone', 'WXC_DEVICE', '8851-3PCC'],
  ['desk_phone', 'WXC_DEVICE', '6821-3PCC'],
  ['desk_phone', 'WXC_DEVICE', '7841'],
  ['desk_phone', 'WXC_DEVICE', 'CP-8865-3PCC'],
  ['desk_phone', 'WXC_DEVICE', 'DP-9851'],
  ['desk_phone', 'WXC_DEVICE', '9871'],
  ['desk_phone', 'WXC_DEVICE', 'Cisco 8845'],
  ['desk_phone', 'WXC_DEVICE', 'Cisco Desk Phone 9871'],
  ['desk_phone', 'WXC_DEVICE', 'Cisco DeskPhone 9841'],
  ['desk_phone', 'WXC_DEVICE', 'Cisco Video Phone 8875'],
  ['desk_phone', 'WXC_DEVICE', '8832 Conference Phone'],
  ['desk_phone', 'WXC_DEVICE', 'Webex Wireless Phone 860'],
  ['room_device', 'WXC_DEVICE', 'Room Kit'],
  ['room_device', 'WXC_DEVICE', 'Cisco Room Kit EQ'],
  ['room_device', 'WXC_DEVICE', 'Room Bar Pro'],
  ['room_device', 'WXC_DEVICE', 'Desk Pro'],
  ['room_device', 'WXC_DEVICE', 'Cisco Desk Mini'],
  ['room_device', 'WXC_DEVICE', 'Board 55'],
  ['room_device', 'WXC_DEVICE', 'Board Pro 75'],
  ['room_device', 'WXC_DEVICE', 'Codec Plus'],
  ['room_device', 'WXC_DEVICE', 'Quad Camera'],
  ['room_device', 'WXC_DEVICE', 'Cisco TelePresence SX20'],
  ['room_device', 'WXC_DEVICE', 'DX80'],
  ['room_device', 'WXC_DEVICE', 'MX300'],
  ['dect_or_ata', 'WXC_DEVICE', 'DBS-210'],
  ['dect_or_ata', 'WXC_DEVICE', 'Cisco IP DECT 110 Single-Cell Base-Station'],
  ['dect_or_ata', 'WXC_DEVICE', 'ATA192'],
  ['dect_or_ata', 'WXC_DEVICE', 'Cisco ATA 191'],
  ['dect_or_ata', 'WXC_DEVICE', 'VG400'],
  ['dect_or_ata', 'WXC_DEVICE', 'vg420'],
  ['unknown', 'WXC_DEVICE', ''],
  ['unknown', 'WXC_DEVICE', 'NA'],
  ['unknown', 'WXC_DEVICE', 'na'],
  ['desktop_app', 'WXC_CLIENT', '', 'Windows'],
  ['desktop_app', 'WXC_CLIENT', 'NA', 'macOS'],
  ['desktop_app', 'WXC_CLIENT', '', 'Mac OS X'],
  ['desktop_app', 'WXC_CLIENT', '', 'Linux'],
  ['mobile_app', 'WXC_CLIENT', '', 'Android'],
  ['mobile_app', 'WXC_CLIENT', '', 'iOS'],
  ['mobile_app', 'WXC_CLIENT', '', 'iPadOS'],
  ['mobile_app', 'WXC_CLIENT', '', 'NA', 'MOBILE_NETWORK'],
  ['browser', 'WXC_CLIENT', '', 'Chrome'],
  ['browser', 'WXC_CLIENT', '', 'web'],
  ['unknown', 'WXC_CLIENT', '', ''],
  ['unknown', 'WXC_CLIENT', '', 'NA'],
  ['teams', 'TEAMS_WXC_CLIENT', '', 'Windows'],
  ['teams', 'TEAMS_WXC_CLIENT', '', 'iOS'],
  ['gateway', 'WXC_SIP_GW', ''],
  ['gateway', 'WXC_SIP_GW', 'VG400'],
  ['third_party', 'SIP', 'Generic IPPhone'],
  ['third_party', 'SIP', ''],
  ['third_party', 'WXC_THIRD_PARTY', 'Yealink T54W'],
  ['unknown', '', ''],
  ['unknown', 'NA', 'NA'],
  ['unknown', 'SOMETHING_NEW', '8851-3PCC'],
];

test('each device and app is of the class that its record tells', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Endpoints', 'us');
  const described = table.map(([, ...fields]) => fields.join(' / '));
  await load(
    admin,
    'us',
    table.map(([, client_type, model = '', os_type = 'NA', sub_client_type = ''], index) =>
      legRecord({ org_uuid: orgUuid, client_type, model, os_type, sub_client_type, user: described[index]! }),
    ),
  );
  const query = { region: 'us', from: '2026-11-01', to: '2026-11-30', limit: 500 } as const;
  const { items } = await admin.call(listCallLegs, { query });
  const found = new Map(items.map(({ user, endpointType }) => [user, endpointType]));
  expect(described.map((text) => [text, found.get(text)])).toEqual(
    table.map(([type], index) => [described[index], type]),
  );
});
