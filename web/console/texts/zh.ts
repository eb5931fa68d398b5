/** Simplified Chinese, all parts. */
import type { EN } from './en.ts';
import { ZH_ERRORS } from './zh-errors.ts';
import { ZH_PEOPLE } from './zh-people.ts';
import { ZH_SHELL } from './zh-shell.ts';

export const ZH: Readonly<Record<keyof typeof EN, string>> = { ...ZH_SHELL, ...ZH_ERRORS, ...ZH_PEOPLE };
