/** English, all parts. */
import { EN_CASES } from './en-cases.ts';
import { EN_CATALOG } from './en-catalog.ts';
import { EN_CUSTOMER } from './en-customer.ts';
import { EN_ERRORS } from './en-errors.ts';
import { EN_NAMES } from './en-names.ts';
import { EN_OVERSIGHT } from './en-oversight.ts';
import { EN_PEOPLE } from './en-people.ts';
import { EN_REPORTS } from './en-reports.ts';
import { EN_REQUESTS } from './en-requests.ts';
import { EN_RETENTION } from './en-retention.ts';
import { EN_SERVICE } from './en-service.ts';
import { EN_SHELL } from './en-shell.ts';
import { EN_WORK } from './en-work.ts';

export const EN = {
  ...EN_CASES,
  ...EN_CUSTOMER,
  ...EN_ERRORS,
  ...EN_NAMES,
  ...EN_CATALOG,
  ...EN_OVERSIGHT,
  ...EN_PEOPLE,
  ...EN_REPORTS,
  ...EN_REQUESTS,
  ...EN_RETENTION,
  ...EN_SERVICE,
  ...EN_SHELL,
  ...EN_WORK,
} as const;
