/** Simplified Chinese, all parts. */
import type { EN } from './en.ts';
import { ZH_CASES } from './zh-cases.ts';
import { ZH_CATALOG } from './zh-catalog.ts';
import { ZH_CUSTOMER } from './zh-customer.ts';
import { ZH_ERRORS } from './zh-errors.ts';
import { ZH_NAMES } from './zh-names.ts';
import { ZH_OVERSIGHT } from './zh-oversight.ts';
import { ZH_PEOPLE } from './zh-people.ts';
import { ZH_REPORTS } from './zh-reports.ts';
import { ZH_REQUESTS } from './zh-requests.ts';
import { ZH_RETENTION } from './zh-retention.ts';
import { ZH_SERVICE } from './zh-service.ts';
import { ZH_SHELL } from './zh-shell.ts';
import { ZH_WORK } from './zh-work.ts';

export const ZH: Readonly<Record<keyof typeof EN, string>> = {
  ...ZH_CASES,
  ...ZH_CUSTOMER,
  ...ZH_ERRORS,
  ...ZH_NAMES,
  ...ZH_CATALOG,
  ...ZH_OVERSIGHT,
  ...ZH_PEOPLE,
  ...ZH_REPORTS,
  ...ZH_REQUESTS,
  ...ZH_RETENTION,
  ...ZH_SERVICE,
  ...ZH_SHELL,
  ...ZH_WORK,
};
