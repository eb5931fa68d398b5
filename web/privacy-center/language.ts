/** The language of the page. Words are fetched when they are needed; the choice stands in the address, and nowhere else. */
import { useSyncExternalStore } from 'react';
import { CENTER_LANGUAGES, type CenterLanguage } from '../../contract/center-languages.ts';
import type { FieldName, TextKey, Texts } from './texts/shape.ts';

interface Words {
  readonly TEXTS: Texts;
  readonly FIELDS: Readonly<Record<FieldName, string>>;
}
export type Values = Readonly<Record<string, string | number>>;
export type Say = (key: TextKey, values?: Values) => string;

const WORDS: Readonly<Record<CenterLanguage, () => Promise<Words>>> = {
  en: () => import('./texts/en.ts'),
  'zh-CN': () => import('./texts/zh-CN.ts'),
  ar: () => import('./texts/ar.ts'),
  de: () => import('./texts/de.ts'),
  es: () => import('./texts/es.ts'),
  fr: () => import('./texts/fr.ts'),
  it: () => import('./texts/it.ts'),
  ja: () => import('./texts/ja.ts'),
  ko: () => import('./texts/ko.ts'),
  nl: () => import('./texts/nl.ts'),
  pl: () => import('./texts/pl.ts'),
  pt: () => import('./texts/pt.ts'),
  sv: () => import('./texts/sv.ts'),
};
export const LANGUAGES = Object.keys(CENTER_LANGUAGES) as CenterLanguage[];

let language: CenterLanguage = 'en';
let words: Words | null = null;
const listeners = new Set<() => void>();

async function use(next: CenterLanguage): Promise<void> {
  words = await WORDS[next]();
  language = next;
  document.documentElement.lang = next;
  document.documentElement.dir = CENTER_LANGUAGES[next].direction;
  for (const tell of listeners) tell();
}

/** In the language that the server chose for this document. */
export async function startLanguage(): Promise<void> {
  const { lang } = document.documentElement;
  await use(LANGUAGES.find((each) => each === lang) ?? 'en');
}

/** From now on, and when the page is loaded anew. */
export async function chooseLanguage(next: CenterLanguage): Promise<void> {
  await use(next);
  const address = new URL(location.href);
  address.searchParams.set('lang', next);
  history.replaceState(null, '', address);
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => void listeners.delete(onChange);
}

export function useLanguage(): CenterLanguage {
  return useSyncExternalStore(subscribe, () => language);
}

/** Fills `{gaps}`. What is not given stays, so that it is seen. */
export function filled(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));
}

const say: Say = (key, values) => filled(words?.TEXTS[key] ?? key, values);

export function useSay(): Say {
  useLanguage();
  return say;
}

/** What comes from the server and may be new: its text where there is one, else null. */
export function useSayMaybe(): (group: string, name: string) => string | null {
  useLanguage();
  return (group, name) => words?.TEXTS[`${group}.${name}` as TextKey] ?? null;
}

/** Names of fields; one that the shop declared itself is called as it is stored. */
export function useFieldName(): (field: string) => string {
  useLanguage();
  return (field) =>
    words?.TEXTS[`field.${field}` as TextKey] ??
    words?.FIELDS[field as FieldName] ??
    field.split('.').at(-1)!;
}
