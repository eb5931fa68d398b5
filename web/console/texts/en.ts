/** English, all parts. */
import { EN_ERRORS } from './en-errors.ts';
import { EN_PEOPLE } from './en-people.ts';
import { EN_SHELL } from './en-shell.ts';

export const EN = { ...EN_SHELL, ...EN_ERRORS, ...EN_PEOPLE } as const;
