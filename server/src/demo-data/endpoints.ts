import type { SeededRandom } from './seeded-random.ts';

/** What a leg says about the app or device that took it. */
export interface LegEndpoint {
  clientType: string;
  subClientType: string;
  clientVersion: string;
  osType: string;
  model: string;
  mac: string;
}

const hexDigits = '0123456789ABCDEF';

function mac(random: SeededRandom): string {
  let text = '02'; // locally administered: no maker owns it
  for (let i = 0; i < 10; i++) text += hexDigits[random.below(16)] ?? '0';
  return text;
}

const app = (osType: string, clientVersion: string, subClientType = ''): LegEndpoint => ({
  clientType: 'WXC_CLIENT',
  subClientType,
  clientVersion,
  osType,
  model: '',
  mac: '',
});
const device = (random: SeededRandom, model: string, clientVersion: string): LegEndpoint => ({
  clientType: 'WXC_DEVICE',
  subClientType: '',
  clientVersion,
  osType: 'NA',
  model,
  mac: mac(random),
});

const deskPhones = [
  '8851-3PCC',
  '8851-3PCC',
  '8861-3PCC',
  '8841-3PCC',
  '7841-3PCC',
  '6821-3PCC',
  '9851',
  '9851',
  '9861',
  '9841',
  '9871',
];
const rooms = ['Room Kit', 'Room Kit Pro', 'Room Bar', 'Board Pro 55', 'Desk Pro', 'Desk Mini', 'Codec Pro', 'Room 55'];
const dectOrAta = ['DBS-210', 'DBS-210', 'DBS-110', 'ATA192', 'ATA191'];
const appVersions = ['45.10.0.32870', '45.9.1.32785', '45.8.0.32630', '44.12.0.31319'];
const phoneVersions = ['12.0.6.0101-1151-9d', '12.0.5.0301-1022-3b', '11.3.8.0001-0118-71'];
const desktops = [
  'Windows',
  'Windows',
  'Windows',
  'Windows',
  'Windows',
  'Windows',
  'Mac OS X',
  'macOS',
  'macOS',
  'Linux',
];
const mobiles = ['iOS', 'Android', 'android'];

const desktop = (random: SeededRandom): LegEndpoint => app(random.pick(desktops), random.pick(appVersions));
const mobile = (random: SeededRandom): LegEndpoint => app(random.pick(mobiles), random.pick(appVersions));
const deskPhone = (random: SeededRandom): LegEndpoint => {
  const model = random.pick(deskPhones);
  const version = random.pick(phoneVersions);
  return device(random, model, model.startsWith('9') ? version.replace(/^1[12]/, '3') : version);
};
const room = (random: SeededRandom): LegEndpoint => device(random, random.pick(rooms), 'ce11.32.2.1.df0bf6e1e8f');
const cordless = (random: SeededRandom): LegEndpoint => device(random, random.pick(dectOrAta), '5.2.3-SR1');

/** Main and second endpoint of a person. Shares are those of a customer in the middle of moving from phones to apps. */
export function personEndpoints(random: SeededRandom): readonly [LegEndpoint, LegEndpoint] {
  const share = random.unit();
  if (share < 0.38) return [desktop(random), mobile(random)];
  if (share < 0.74) return [deskPhone(random), desktop(random)];
  if (share < 0.84) return [mobile(random), desktop(random)];
  if (share < 0.89) return [{ ...app(random.pick(desktops), ''), clientType: 'TEAMS_WXC_CLIENT' }, mobile(random)];
  if (share < 0.935) return [cordless(random), mobile(random)];
  if (share < 0.955) return [app('Chrome', '45.10.0'), desktop(random)];
  if (share < 0.965) return [app('iOS', '', 'MOBILE_NETWORK'), desktop(random)];
  if (share < 0.975) return [device(random, 'NA', ''), desktop(random)]; // provisioned without a model: an unknown device
  const clientType = random.chance(0.5) ? 'WXC_THIRD_PARTY' : 'SIP';
  return [
    { clientType, subClientType: '', clientVersion: '2.8.1', osType: '', model: 'Generic IPPhone', mac: mac(random) },
    mobile(random),
  ];
}

/** A workspace: a meeting room's device, or the phone of a lobby or a kitchen. */
export function placeEndpoints(random: SeededRandom): readonly [LegEndpoint, LegEndpoint] {
  const endpoint = random.chance(0.65) ? room(random) : deskPhone(random);
  return [endpoint, endpoint];
}

/** A service answers by itself. */
export const noEndpoint: LegEndpoint = {
  clientType: '',
  subClientType: '',
  clientVersion: '',
  osType: '',
  model: '',
  mac: '',
};

export const gatewayEndpoint: LegEndpoint = { ...noEndpoint, clientType: 'WXC_SIP_GW', clientVersion: 'LGW-17.12' };
