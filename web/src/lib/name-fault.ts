import { visible } from '@hub/contract/given-names';
import type { Translate } from './i18n.ts';

/** What is wrong with a name that a schema refuses: nothing can be seen of it, or it is longer than `max` characters. */
export function nameFault(name: string, max: number, t: Translate): string {
  return visible(name) === '' ? t('error.required') : t('error.tooLong', { max });
}
