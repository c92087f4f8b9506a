// The page's words in the reader's language. Keys are typed by the English texts.
import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readSetting, writeSetting } from '../settings/device-settings.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** The languages of the page. */
export const LANGUAGES = ['en', 'zh'] as const;

/** One of the languages of the page. */
export type Language = (typeof LANGUAGES)[number];

/** The languages as their readers write them. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' };

/** Makes the words ready, in the language that was chosen or that the browser prefers. */
export async function prepareTexts(): Promise<i18n> {
  const texts = i18next.createInstance();
  texts.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  });
  await texts.use(initReactI18next).init({
    lng: readLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en }, zh: { translation: zh } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}

/** Changes the language, and keeps the choice. */
export async function chooseLanguage(texts: i18n, language: Language): Promise<void> {
  writeSetting('language', language);
  await texts.changeLanguage(language);
}

function readLanguage(): Language {
  const wanted = readSetting('language') ?? navigator.language;
  return wanted.startsWith('zh') ? 'zh' : 'en';
}
