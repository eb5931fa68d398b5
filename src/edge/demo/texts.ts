/** What the demo shop's customers write, by language: tickets, reviews, searches. */
import type { Language, Texts } from './language.ts';
import { arabic, chinese, hindi, japanese, korean } from './texts-asia-africa.ts';
import { english, french, german, portuguese } from './texts-europe.ts';

const TEXTS: Readonly<Record<Language, Texts>> = {
  de: german,
  fr: french,
  en: english,
  pt: portuguese,
  zh: chinese,
  ja: japanese,
  ko: korean,
  hi: hindi,
  ar: arabic,
};

/** The texts of a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

/** Fills `{name}` and its like; what has no value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
