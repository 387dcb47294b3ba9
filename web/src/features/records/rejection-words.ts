import type { RejectedRecord } from '@hub/contract/record-imports';
import { RegionCode, regionLabels } from '@hub/contract/regions';
import type { Translate } from '../../lib/i18n.ts';

/** Why a row was left out, in words. */
export function rejectionText({ reason, hint }: RejectedRecord, t: Translate): string {
  switch (reason) {
    case 'no_choice':
      return t('records.reason.no_choice', { choices: hint });
    case 'no_number':
      return hint === '' ? t('records.reason.no_number') : t('records.reason.no_number.limit', { limit: hint });
    case 'too_long':
      return hint === '' ? t('records.reason.too_long') : t('records.reason.too_long.limit', { limit: hint });
    case 'taken':
      return hint === '' ? t('records.reason.taken') : t('records.reason.taken.by', { name: hint });
    case 'twice':
      return t('records.reason.twice', { line: hint });
    case 'region_not_served': {
      const region = RegionCode.safeParse(hint).data;
      return t('records.reason.region_not_served', { region: region === undefined ? hint : regionLabels[region] });
    }
    case 'columns_of_row':
      return t('records.reason.columns_of_row', { expected: hint });
    case 'trial_too_long':
      return t('records.reason.trial_too_long', { limit: hint });
    case 'trial_open':
      return t('records.reason.trial_open', { reference: hint });
    case 'empty':
    case 'no_date':
    case 'no_country':
    case 'no_org':
    case 'no_domain':
    case 'no_email':
    case 'ends_before_start':
    case 'unknown_customer':
    case 'several_customers':
    case 'own_organization':
    case 'no_amount':
    case 'amount_unclear':
    case 'no_currency':
    case 'due_before_issued':
    case 'unknown_subscription':
    case 'no_licenses':
    case 'no_product':
      return t(`records.reason.${reason}`);
  }
}
