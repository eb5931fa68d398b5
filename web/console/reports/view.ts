/** Which report the address names, and of which year. */
import type { ReportName } from '../../../contract/reports.ts';

/** As in `contract/reports.ts`, which would bring its schemas along; a test compares. */
export const REPORTS: readonly ReportName[] = ['processing', 'requests', 'retention', 'consent'];
const FIRST_YEAR = 2000;
const LAST_YEAR = 2200;

export interface ReportView {
  readonly report?: ReportName;
  readonly year?: number;
}

/** What cannot be is left out; the first report goes without saying. */
export function readReportView(search: Readonly<Record<string, unknown>>): ReportView {
  const report = REPORTS.find((each) => each === search.report);
  const year = Number(search.year);
  const known = Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;
  return {
    ...(report === undefined || report === 'processing' ? {} : { report }),
    ...(report === 'requests' && known ? { year } : {}),
  };
}
