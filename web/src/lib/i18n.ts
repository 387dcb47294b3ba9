import { Language } from '@hub/contract/sessions';
import { i18n } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import type { AdministrationMessageId } from '../locales/administration/en.ts';
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

const administration: Record<Language, () => Promise<Record<AdministrationMessageId, string>>> = {
  en: async () => (await import('../locales/administration/en.ts')).en,
  bg: async () => (await import('../locales/administration/bg.ts')).bg,
  ko: async () => (await import('../locales/administration/ko.ts')).ko,
};

let spoken: Language = 'en'; // the one asked for last; its words may be on their way
let isAdministrationWanted = false;

/** Each language by its own name: the same in every catalog (TERMS 1.1). */
export const languageNames: Record<Language, string> = { en: 'English', bg: 'Български', ko: '한국어' };
export const languageCodes: Record<Language, string> = { en: 'EN', bg: 'БГ', ko: '한국어' };

/** Loads a language and turns the page to it. */
export async function speak(language: Language): Promise<void> {
  spoken = language;
  const [messages, more] = await Promise.all([
    common[language](),
    isAdministrationWanted ? administration[language]() : {},
    language === 'ko' ? import('@fontsource-variable/noto-sans-kr/index.css') : null,
  ]);
  i18n.load(language, { ...messages, ...more });
  if (spoken !== language) return; // another was chosen meanwhile
  i18n.activate(language);
  document.documentElement.lang = language;
}

/** A page of administration: it is drawn when its words have arrived, too, and they follow every change of the language. */
export async function withAdministrationWords<Page>(page: Promise<Page>): Promise<Page> {
  isAdministrationWanted = true;
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
