import type { OutboundRules } from '../../platform/outbound/index.ts';
import { addressFault } from '../../platform/outbound/index.ts';
import { HubError } from '../../platform/hub-error.ts';

/** The addresses of a connector. */
export interface Addresses {
  baseUrl: string;
  callsUrl: string;
  otherDomains: readonly string[];
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** Whether the token may be sent there: a host of the connector, one below it, or one of the domains that a person named. */
export function isAllowed(rules: OutboundRules, { baseUrl, callsUrl, otherDomains }: Addresses, url: URL): boolean {
  const domains = [new URL(baseUrl).hostname, new URL(callsUrl).hostname, ...otherDomains];
  return domains.some((domain) => isWithin(url.hostname, domain)) && addressFault(rules, url.origin) === undefined;
}

/** As it is stored: without a slash at the end. Throws connector_address_*. */
export function givenAddress(rules: OutboundRules, address: string): string {
  const fault = addressFault(rules, address);
  if (fault !== undefined) {
    const codes = {
      invalid: 'connector_address_invalid',
      not_https: 'connector_address_not_https',
      private: 'connector_address_private',
    } as const;
    throw new HubError(codes[fault], { address });
  }
  return new URL(address).href.replace(/\/+$/, '');
}
