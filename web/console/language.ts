/** The language of the console: texts are fetched when they are needed, and components speak by keys alone. */
import { createInstance } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { TextKey } from './texts/keys.ts';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Values = Readonly<Record<string, string | number>>;
export type Say = (key: TextKey, values?: Values) => string;

const KEY = 'bailee.language';
const TEXTS: Readonly<Record<Language, () => Promise<Readonly<Record<string, string>>>>> = {
  en: () => import('./texts/en.ts').then(({ EN }) => EN),
  'zh-CN': () => import('./texts/zh.ts').then(({ ZH }) => ZH),
};
const texts = createInstance();

/** What was chosen in this browser before, else what the browser asks for. */
function firstLanguage(): Language {
  const stored = (() => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  })();
  return (
    LANGUAGES.find((language) => language === stored) ??
    (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
  );
}

async function load(language: Language): Promise<void> {
  if (texts.hasResourceBundle(language, 'console')) return;
  texts.addResourceBundle(language, 'console', await TEXTS[language]());
}

export async function startLanguage(): Promise<void> {
  await texts.init({
    lng: 'en',
    resources: {},
    ns: ['console'],
    defaultNS: 'console',
    keySeparator: false,
    nsSeparator: false,
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
  await chooseLanguage(firstLanguage());
}

/** From now on. What is shown changes at once. */
export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Then it holds until the page is left.
  }
}

let picked: Language | null = null;

/** Chosen by hand before sign-in: it goes before what the account says. */
export function pickLanguage(language: Language): void {
  picked = language;
  void chooseLanguage(language);
}

/** What was picked before sign-in, once; null: nothing was. */
export function takePicked(): Language | null {
  const taken = picked;
  picked = null;
  return taken;
}

function subscribe(onChange: () => void): () => void {
  texts.on('languageChanged', onChange);
  return () => texts.off('languageChanged', onChange);
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => texts.language as Language);
}

const say: Say = (key, values) => texts.t(key, values as never) as unknown as string;

/** Speaks the language of now. */
export function useSay(): Say {
  useLanguage();
  return say;
}

/** What comes from the server and may be new: its text where there is one, else itself. */
export function useSayName(): (group: string, name: string) => string {
  useLanguage();
  return (group, name) => {
    const key = `${group}.${name}`;
    return texts.exists(key) ? (texts.t(key as never) as unknown as string) : name;
  };
}
