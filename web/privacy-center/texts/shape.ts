/** What every language has: the keys of the English texts, and a name for each field that Bailee knows. */
import type { FIELDS_EN } from '../../../contract/names-en.ts';
import type { TEXTS } from './en.ts';

export type TextKey = keyof typeof TEXTS;
export type Texts = Readonly<Record<TextKey, string>>;
export type FieldName = keyof typeof FIELDS_EN;
export type Fields = Readonly<Record<FieldName, string>>;
