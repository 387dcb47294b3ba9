import { z } from 'zod';

/** What a provider sells by the licence. One list for subscriptions, trials, filters and analytics. */
export const Product = z.enum([
  'calling',
  'call_on_webex',
  'meetings',
  'webinars',
  'messaging',
  'real_time_translations',
  'contact_center',
  'devices',
]);
export type Product = z.infer<typeof Product>;

/** Names of products are the same in every language. */
export const productNames: Record<Product, string> = {
  calling: 'Webex Calling',
  call_on_webex: 'Call on Webex',
  meetings: 'Webex Meetings',
  webinars: 'Webex Webinars',
  messaging: 'Webex Messaging',
  real_time_translations: 'Real-Time Translations',
  contact_center: 'Webex Contact Center',
  devices: 'Webex Devices',
};
