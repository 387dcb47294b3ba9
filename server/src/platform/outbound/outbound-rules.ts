import { BlockList, isIP } from 'node:net';

/** Whom the hub may ask on behalf of people who name addresses: the public network, and what the operator adds. */
export interface OutboundRules {
  /** HUB_ALLOW_HTTP_CONNECTORS: plain HTTP, to this machine alone; for tests. */
  allowsLoopbackHttp: boolean;
  /** HUB_CONNECTOR_NETWORKS: addresses or networks that are reached although they are private. */
  networks: readonly string[];
}

/** 'not_https' is told apart from what lies in a private network. */
export type AddressFault = 'invalid' | 'not_https' | 'private';

// Loopback, private, link-local, carrier-grade, benchmark, documentation, multicast and reserved; and what can stand for an IPv4 address.
const closed: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'], // unspecified, loopback, IPv4 in its oldest writing
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 9, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
const closedNetworks = listOf(closed);
const loopback = listOf([
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
]);

function listOf(networks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits, family] of networks) list.addSubnet(address, bits, family);
  return list;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** ::ffff:10.0.0.1 is 10.0.0.1. */
function isIn(list: BlockList, address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped === undefined ? list.check(address, familyOf(address)) : list.check(mapped, 'ipv4');
}

/** Whether a connection to this IP address may be made. `protocol`: https: or http:. */
export function mayReach(rules: OutboundRules, address: string, protocol: string): boolean {
  if (protocol === 'http:') return rules.allowsLoopbackHttp && isIn(loopback, address);
  if (!isIn(closedNetworks, address) && !/^::ffff:[0-9a-f]{1,4}:[0-9a-f]{1,4}$/i.test(address)) return true;
  return isIn(ownNetworks(rules), address);
}

const ownLists = new WeakMap<OutboundRules, BlockList>();

function ownNetworks(rules: OutboundRules): BlockList {
  const known = ownLists.get(rules);
  if (known !== undefined) return known;
  const list = listOf(
    rules.networks.map((network) => {
      const [address = '', bits] = network.split('/');
      const family = familyOf(address);
      return [address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family] as const;
    }),
  );
  ownLists.set(rules, list);
  return list;
}

/** What is wrong with an address as it is written; names are looked up only when they are asked (ask.ts). */
export function addressFault(rules: OutboundRules, text: string): AddressFault | undefined {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return 'invalid';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'invalid';
  const host = hostOf(url);
  const isLoopbackName = host === 'localhost' || host.endsWith('.localhost');
  if (url.protocol === 'http:') {
    const isHere = isLoopbackName || (isIP(host) !== 0 && isIn(loopback, host));
    return rules.allowsLoopbackHttp && isHere ? undefined : 'not_https';
  }
  if (isIP(host) !== 0) return mayReach(rules, host, url.protocol) ? undefined : 'private';
  if (isLoopbackName || !host.includes('.')) return rules.networks.length > 0 ? undefined : 'private';
  return undefined;
}

/** Without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
