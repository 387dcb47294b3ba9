import { Language } from '@hub/contract/sessions';
import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import type { CommonMessageId, MessageId } from '../locales/en.ts';
import { type Format, formatFor } from './format.ts';

export type Values = Record<string, string | number>;
export type Translate = (id: MessageId, values?: Values) => string;

const languageKey = 'hub.language';

const common: Record<Language, () => Promise<Record<CommonMessageId, string>>> = {
  en: async () => (await import('../locales/en.ts')).en,
  bg: async () => (await import('../locales/bg.ts')).bg,
  ko: async () => (await import('../locales/ko.ts')).ko,
};

/** What only some pages say arrives with them. A page names the catalogs that it and its parts speak. */
const perPage = {
  administration: {
    en: async () => (await import('../locales/administration/en.ts')).en,
    bg: async () => (await import('../locales/administration/bg.ts')).bg,
    ko: async () => (await import('../locales/administration/ko.ts')).ko,
  },
  analytics: {
    en: async () => (await import('../locales/analytics/en.ts')).en,
    bg: async () => (await import('../locales/analytics/bg.ts')).bg,
    ko: async () => (await import('../locales/analytics/ko.ts')).ko,
  },
  charts: {
    en: async () => (await import('../locales/charts/en.ts')).en,
    bg: async () => (await import('../locales/charts/bg.ts')).bg,
    ko: async () => (await import('../locales/charts/ko.ts')).ko,
  },
  customers: {
    en: async () => (await import('../locales/customers/en.ts')).en,
    bg: async () => (await import('../locales/customers/bg.ts')).bg,
    ko: async () => (await import('../locales/customers/ko.ts')).ko,
  },
  customer: {
    en: async () => (await import('../locales/customer/en.ts')).en,
    bg: async () => (await import('../locales/customer/bg.ts')).bg,
    ko: async () => (await import('../locales/customer/ko.ts')).ko,
  },
  engagement: {
    en: async () => (await import('../locales/engagement/en.ts')).en,
    bg: async () => (await import('../locales/engagement/bg.ts')).bg,
    ko: async () => (await import('../locales/engagement/ko.ts')).ko,
  },
  formulas: {
    en: async () => (await import('../locales/formulas/en.ts')).en,
    bg: async () => (await import('../locales/formulas/bg.ts')).bg,
    ko: async () => (await import('../locales/formulas/ko.ts')).ko,
  },
  freshness: {
    en: async () => (await import('../locales/freshness/en.ts')).en,
    bg: async () => (await import('../locales/freshness/bg.ts')).bg,
    ko: async () => (await import('../locales/freshness/ko.ts')).ko,
  },
  health: {
    en: async () => (await import('../locales/health/en.ts')).en,
    bg: async () => (await import('../locales/health/bg.ts')).bg,
    ko: async () => (await import('../locales/health/ko.ts')).ko,
  },
  imports: {
    en: async () => (await import('../locales/imports/en.ts')).en,
    bg: async () => (await import('../locales/imports/bg.ts')).bg,
    ko: async () => (await import('../locales/imports/ko.ts')).ko,
  },
  legs: {
    en: async () => (await import('../locales/legs/en.ts')).en,
    bg: async () => (await import('../locales/legs/bg.ts')).bg,
    ko: async () => (await import('../locales/legs/ko.ts')).ko,
  },
  mapping: {
    en: async () => (await import('../locales/mapping/en.ts')).en,
    bg: async () => (await import('../locales/mapping/bg.ts')).bg,
    ko: async () => (await import('../locales/mapping/ko.ts')).ko,
  },
  overview: {
    en: async () => (await import('../locales/overview/en.ts')).en,
    bg: async () => (await import('../locales/overview/bg.ts')).bg,
    ko: async () => (await import('../locales/overview/ko.ts')).ko,
  },
  reconciliation: {
    en: async () => (await import('../locales/reconciliation/en.ts')).en,
    bg: async () => (await import('../locales/reconciliation/bg.ts')).bg,
    ko: async () => (await import('../locales/reconciliation/ko.ts')).ko,
  },
  renewals: {
    en: async () => (await import('../locales/renewals/en.ts')).en,
    bg: async () => (await import('../locales/renewals/bg.ts')).bg,
    ko: async () => (await import('../locales/renewals/ko.ts')).ko,
  },
  usage: {
    en: async () => (await import('../locales/usage/en.ts')).en,
    bg: async () => (await import('../locales/usage/bg.ts')).bg,
    ko: async () => (await import('../locales/usage/ko.ts')).ko,
  },
} satisfies Record<string, Record<Language, () => Promise<Record<string, string>>>>;

type PageCatalog = keyof typeof perPage;

let spoken: Language = 'en'; // the one asked for last; its words may be on their way
const wanted = new Set<PageCatalog>();

/** Each language by its own name: the same in every catalog (TERMS 1.1). */
export const languageNames: Record<Language, string> = { en: 'English', bg: 'Български', ko: '한국어' };
export const languageCodes: Record<Language, string> = { en: 'EN', bg: 'БГ', ko: '한국어' };

/** Loads a language and turns the page to it. */
export async function speak(language: Language): Promise<void> {
  spoken = language;
  const [catalogs] = await Promise.all([
    Promise.all([common[language](), ...[...wanted].map((catalog) => perPage[catalog][language]())]),
    language === 'ko' ? import('@fontsource-variable/noto-sans-kr/index.css') : null,
  ]);
  i18n.load(
    language,
    catalogs.reduce<Record<string, string>>((all, messages) => ({ ...all, ...messages }), {}),
  );
  if (spoken !== language) return; // another was chosen meanwhile
  i18n.activate(language);
  document.documentElement.lang = language;
}

/** A page is drawn when the words of its catalogs have arrived, too, and they follow every change of the language. */
export async function withWords<Page>(catalogs: readonly PageCatalog[], page: Promise<Page>): Promise<Page> {
  for (const catalog of catalogs) wanted.add(catalog);
  const [arrived] = await Promise.all([page, speak(spoken)]);
  return arrived;
}

/** The person chose a language here: kept in this browser for the next visit. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(languageKey, language);
}

/** What to speak before anybody is known: the choice made here, else the browser's languages, else English. */
export function firstLanguage(): Language {
  const wanted = [localStorage.getItem(languageKey), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.map((tag) => Language.safeParse(tag).data).find((language) => language !== undefined) ?? 'en';
}

export function hasChosenLanguage(): boolean {
  return Language.safeParse(localStorage.getItem(languageKey)).success;
}

export const translate: Translate = (id, values) => i18n._(id, values);

/** The words and formats of the page's language; renders again when it changes. */
export function useText(): { t: Translate; f: Format; language: Language } {
  const { i18n: active } = useLingui();
  const language = Language.safeParse(active.locale).data ?? 'en';
  return useMemo(
    () => ({ t: (id, values) => active._(id, values), f: formatFor(language), language }),
    [active, language],
  );
}
