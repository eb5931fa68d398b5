export { FIELDS, TEXTS } from './en.ts';
