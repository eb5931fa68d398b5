/** What an access package says in words: English, and Simplified Chinese. */
import { FIELDS_EN, PURPOSES_EN } from '../../../contract/names-en.ts';
import { FIELDS_ZH, PURPOSES_ZH } from '../../../contract/names-zh.ts';
import { EN, type Words } from './words-en.ts';
import { ZH } from './words-zh.ts';

export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Speech {
  readonly language: Language;
  readonly words: Words;
  readonly field: (name: string) => string;
  readonly purpose: (name: string) => string;
}

const SPEECHES: Readonly<Record<Language, Speech>> = {
  en: speechOf('en', EN, FIELDS_EN, PURPOSES_EN),
  'zh-CN': speechOf('zh-CN', ZH, FIELDS_ZH, PURPOSES_ZH),
};

/** A field that a store declared itself is called by the last part of its name: `account.shoeSize` → "shoe size". */
function speechOf(
  language: Language,
  words: Words,
  fields: Readonly<Record<string, string>>,
  purposes: Readonly<Record<string, string>>,
): Speech {
  const spaced = (name: string) =>
    name
      .slice(name.indexOf('.') + 1)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
  return {
    language,
    words,
    field: (name) => (Object.hasOwn(fields, name) ? fields[name]! : spaced(name)),
    purpose: (name) => (Object.hasOwn(purposes, name) ? purposes[name]! : name),
  };
}

/** The language that is there for a BCP 47 tag; English where none is. */
export function speech(language: string): Speech {
  return SPEECHES[/^zh\b/i.test(language) ? 'zh-CN' : 'en'];
}
