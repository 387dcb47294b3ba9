import { expect, type Page } from '@playwright/test';
import { bg as bgAdministration } from '../../web/src/locales/administration/bg.ts';
import { en as enAdministration } from '../../web/src/locales/administration/en.ts';
import { ko as koAdministration } from '../../web/src/locales/administration/ko.ts';
import { bg as bgAnalytics } from '../../web/src/locales/analytics/bg.ts';
import { en as enAnalytics } from '../../web/src/locales/analytics/en.ts';
import { ko as koAnalytics } from '../../web/src/locales/analytics/ko.ts';
import { bg as bgCharts } from '../../web/src/locales/charts/bg.ts';
import { en as enCharts } from '../../web/src/locales/charts/en.ts';
import { ko as koCharts } from '../../web/src/locales/charts/ko.ts';
import { bg as bgCustomer } from '../../web/src/locales/customer/bg.ts';
import { en as enCustomer } from '../../web/src/locales/customer/en.ts';
import { ko as koCustomer } from '../../web/src/locales/customer/ko.ts';
import { bg as bgCustomers } from '../../web/src/locales/customers/bg.ts';
import { en as enCustomers } from '../../web/src/locales/customers/en.ts';
import { ko as koCustomers } from '../../web/src/locales/customers/ko.ts';
import { bg as bgEngagement } from '../../web/src/locales/engagement/bg.ts';
import { en as enEngagement } from '../../web/src/locales/engagement/en.ts';
import { ko as koEngagement } from '../../web/src/locales/engagement/ko.ts';
import { bg as bgFormulas } from '../../web/src/locales/formulas/bg.ts';
import { en as enFormulas } from '../../web/src/locales/formulas/en.ts';
import { ko as koFormulas } from '../../web/src/locales/formulas/ko.ts';
import { bg as bgFreshness } from '../../web/src/locales/freshness/bg.ts';
import { en as enFreshness } from '../../web/src/locales/freshness/en.ts';
import { ko as koFreshness } from '../../web/src/locales/freshness/ko.ts';
import { bg as bgHealth } from '../../web/src/locales/health/bg.ts';
import { en as enHealth } from '../../web/src/locales/health/en.ts';
import { ko as koHealth } from '../../web/src/locales/health/ko.ts';
import { bg as bgImports } from '../../web/src/locales/imports/bg.ts';
import { en as enImports } from '../../web/src/locales/imports/en.ts';
import { ko as koImports } from '../../web/src/locales/imports/ko.ts';
import { bg as bgLegs } from '../../web/src/locales/legs/bg.ts';
import { en as enLegs } from '../../web/src/locales/legs/en.ts';
import { ko as koLegs } from '../../web/src/locales/legs/ko.ts';
import { bg as bgMapping } from '../../web/src/locales/mapping/bg.ts';
import { en as enMapping } from '../../web/src/locales/mapping/en.ts';
import { ko as koMapping } from '../../web/src/locales/mapping/ko.ts';
import { bg as bgOverview } from '../../web/src/locales/overview/bg.ts';
import { en as enOverview } from '../../web/src/locales/overview/en.ts';
import { ko as koOverview } from '../../web/src/locales/overview/ko.ts';
import { bg as bgReconciliation } from '../../web/src/locales/reconciliation/bg.ts';
import { en as enReconciliation } from '../../web/src/locales/reconciliation/en.ts';
import { ko as koReconciliation } from '../../web/src/locales/reconciliation/ko.ts';
import { bg as bgRenewals } from '../../web/src/locales/renewals/bg.ts';
import { bg as bgUsage } from '../../web/src/locales/usage/bg.ts';
import { en as enRenewals } from '../../web/src/locales/renewals/en.ts';
import { en as enUsage } from '../../web/src/locales/usage/en.ts';
import { ko as koRenewals } from '../../web/src/locales/renewals/ko.ts';
import { ko as koUsage } from '../../web/src/locales/usage/ko.ts';
import { bg } from '../../web/src/locales/bg.ts';
import { en, type MessageId } from '../../web/src/locales/en.ts';
import { ko } from '../../web/src/locales/ko.ts';

const english = {
  ...en,
  ...enAdministration,
  ...enAnalytics,
  ...enCharts,
  ...enCustomers,
  ...enEngagement,
  ...enFormulas,
  ...enFreshness,
  ...enHealth,
  ...enImports,
  ...enLegs,
  ...enMapping,
  ...enOverview,
  ...enReconciliation,
  ...enRenewals,
  ...enUsage,
  ...enCustomer,
};

export const languages = [
  { code: 'en', name: 'English', words: english },
  {
    code: 'bg',
    name: 'Български',
    words: {
      ...bg,
      ...bgAdministration,
      ...bgAnalytics,
      ...bgCharts,
      ...bgCustomers,
      ...bgEngagement,
      ...bgFormulas,
      ...bgFreshness,
      ...bgHealth,
      ...bgImports,
      ...bgLegs,
      ...bgMapping,
      ...bgOverview,
      ...bgReconciliation,
      ...bgRenewals,
      ...bgUsage,
      ...bgCustomer,
    },
  },
  {
    code: 'ko',
    name: '한국어',
    words: {
      ...ko,
      ...koAdministration,
      ...koAnalytics,
      ...koCharts,
      ...koCustomers,
      ...koEngagement,
      ...koFormulas,
      ...koFreshness,
      ...koHealth,
      ...koImports,
      ...koLegs,
      ...koMapping,
      ...koOverview,
      ...koReconciliation,
      ...koRenewals,
      ...koUsage,
      ...koCustomer,
    },
  },
] as const;

/** In place, with the menu of the top bar or of the sign-in. */
export async function chooseLanguage(page: Page, { code, name }: { code: string; name: string }): Promise<void> {
  await page.getByRole('button', { name: /^(Language|Език|언어): / }).click();
  await page.getByRole('menuitemradio', { name }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', code);
  await expect(page.getByRole('menu')).toBeHidden();
}

/** Texts and spoken names of the page, but for what says that it is English, and for a record's values as they came. */
const textsOfPage = `(() => {
  const texts = [document.title.split(' · ')[0]];
  const isForeign = (element) => element.closest('[lang]') !== document.documentElement;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest('script,style,noscript,.fields dd')) continue;
    if (!isForeign(element)) texts.push(walker.currentNode.data.trim());
  }
  for (const element of document.body.querySelectorAll('[aria-label],[title],[placeholder]')) {
    if (isForeign(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
  }
  return texts;
})()`;

/** No text of the page is an English message that its language says otherwise. Messages with places to fill are not looked for. */
export async function expectNoEnglish(page: Page, words: Record<MessageId, string>, where: string): Promise<void> {
  const own = new Set<string>(Object.values(words));
  const untranslated = new Set<string>(
    Object.values(english).filter((text) => text.length >= 4 && !text.includes('{') && !own.has(text)),
  );
  const texts = await page.evaluate<string[]>(textsOfPage);
  expect
    .soft(
      texts.filter((text) => untranslated.has(text)),
      where,
    )
    .toEqual([]);
}
