import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { locale as en } from './locale/en';
import { locale as zhCN } from './locale/zh-CN';

/** The languages that are complete. */
export type Language = 'zh-CN' | 'en';

/** Texts: nested words, each a sentence with {{placeholders}}. */
export interface Texts {
  [key: string]: string | Texts;
}

interface LocaleModule {
  locale: Texts;
}

const zhParts = import.meta.glob<LocaleModule>('./pages/*/locale.zh-CN.ts', { eager: true });
const enParts = import.meta.glob<LocaleModule>('./pages/*/locale.en.ts', { eager: true });

function merged(shared: Texts, parts: Record<string, LocaleModule>): Texts {
  const all: Texts = { ...shared };
  for (const [path, module] of Object.entries(parts)) {
    const area = path.split('/')[2] ?? path;
    if (area in all) throw new Error(`the shared words already use the name of the page folder ${area}`);
    all[area] = module.locale;
  }
  return all;
}

/** All texts by language: the shared ones, and each page folder's under the folder's name. */
export const texts: Record<Language, Texts> = {
  'zh-CN': merged(zhCN, zhParts),
  en: merged(en, enParts),
};

const KEY = 'mazhi.language';

/** The language that this browser was last set to; Chinese first. */
export function storedLanguage(): Language {
  return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh-CN';
}

/** Whether a language was ever chosen in this browser. */
export function languageChosen(): boolean {
  return localStorage.getItem(KEY) !== null;
}

/** Switch the language and remember it. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Start i18next with the bundled texts; nothing is fetched. */
export function startI18n(): void {
  document.documentElement.lang = storedLanguage();
  void i18next.use(initReactI18next).init({
    lng: storedLanguage(),
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: texts['zh-CN'] }, en: { translation: texts.en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
