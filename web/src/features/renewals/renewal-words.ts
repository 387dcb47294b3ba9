import { type Product, productNames } from '@hub/contract/products';
import type { RenewalMoney, RenewalProduct } from '@hub/contract/renewal-forecast';
import type { RenewalRow, RenewalWork } from '@hub/contract/renewals';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

export interface Words {
  t: Translate;
  f: Format;
}

/** Each currency by itself; empty where nothing is known. */
export const moneyText = (money: readonly RenewalMoney[], f: Format): string =>
  money.map(({ amount, currency }) => f.money(amount, currency)).join(' · ');

export const signedMoney = ({ amount, currency }: RenewalMoney, f: Format): string =>
  Number(amount) > 0 ? `+${f.money(amount, currency)}` : f.money(amount, currency);

/** Nearly all of them begin with the maker's name. */
const shortName = (product: Product): string => productNames[product].replace(/^Webex /, '');

export const productsText = (products: readonly RenewalProduct[], f: Format): string =>
  products.map(({ product, ordered }) => `${shortName(product)} ${f.number(ordered)}`).join(' · ');

/** Renews or ends, and when. */
export function endText({ autoRenews, endsOn }: Pick<RenewalRow, 'autoRenews' | 'endsOn'>, { t, f }: Words): string {
  return t(autoRenews ? 'renewals.renewsOn' : 'renewals.endsOn', { date: f.date(endsOn) });
}

export function daysText(
  { autoRenews, daysUntil }: Pick<RenewalRow, 'autoRenews' | 'daysUntil'>,
  t: Translate,
): string {
  if (daysUntil < 0) return t('renewals.endedAgo', { days: -daysUntil });
  return t(autoRenews ? 'renewals.renewsIn' : 'renewals.endsIn', { days: daysUntil });
}

/** Products whose price nobody knows, by name. */
export const unpricedOf = (products: readonly RenewalProduct[]): string[] =>
  products.flatMap(({ product, price }) => (price === null ? [productNames[product]] : []));

export type WorkField = 'stage' | 'owner' | 'note' | 'noticeDays';
export const workFields: readonly WorkField[] = ['stage', 'owner', 'noticeDays', 'note'];

/** A field of the work as a person reads it. */
export function fieldText(field: WorkField, work: RenewalWork, t: Translate): string {
  switch (field) {
    case 'stage':
      return t(`renewals.stage.${work.stage}`);
    case 'owner':
      return work.owner?.name ?? t('renewals.owner.nobody');
    case 'noticeDays':
      return t('renewals.days', { days: work.noticeDays });
    case 'note':
      return work.note;
  }
}
