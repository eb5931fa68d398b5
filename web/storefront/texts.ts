/** What the shop says, by language. `{name}` and its like are filled in. */
import { arabic } from './texts-ar.ts';
import { german } from './texts-de.ts';
import { english } from './texts-en.ts';
import type { Texts } from './texts-shape.ts';
import { chinese } from './texts-zh.ts';

export const LANGUAGES: Readonly<Record<string, { readonly name: string; readonly texts: Texts }>> = {
  en: { name: 'English', texts: english },
  'zh-CN': { name: '简体中文', texts: chinese },
  de: { name: 'Deutsch', texts: german },
  ar: { name: 'العربية', texts: arabic },
};

/** The texts of the page's language. */
export function textsHere(): Texts {
  return (LANGUAGES[document.documentElement.lang] ?? LANGUAGES.en!).texts;
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}
