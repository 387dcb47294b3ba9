import { normalHeader } from './call-history-columns.ts';

interface LicenseColumn {
  /** Its place in a row of the file. */
  index: number;
  product: string;
  subscription: string;
  site: string;
}

const userHead = /^user id(\/e-?mail)?( \(required\))?$/;

/** The columns of a list of users that tell who has a license, such as `Webex Calling Professional [Sub123456]`; none: it is no such list. */
export function licenseColumns(header: readonly string[]): LicenseColumn[] {
  if (!header.some((head) => userHead.test(normalHeader(head)))) return [];
  return header.flatMap((head, index) => {
    const [, product = '', brackets = ''] = /^([^[\]]+?)\s*((?:\[[^[\]]+\]\s*)+)$/.exec(head.trim()) ?? [];
    if (product === '') return [];
    const named = [...brackets.matchAll(/\[([^[\]]+)\]/g)].map(([, text = '']) => text.trim());
    const isSite = (text: string): boolean => text.includes('.');
    const subscription = named.find((text) => !isSite(text)) ?? '';
    return [{ index, product, subscription, site: named.find(isSite) ?? '' }];
  });
}
