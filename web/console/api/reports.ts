/** Reports that are made from what is in force. */
import type { Static } from 'typebox';
import type {
  ConsentReport,
  ProcessingReport,
  ReportName,
  RequestsReport,
  RetentionReport,
} from '../../../contract/reports.ts';
import { call, withQuery } from './call.ts';

export type Processing = Static<typeof ProcessingReport>;
export type RequestFigures = Static<typeof RequestsReport>;
export type RetentionTold = Static<typeof RetentionReport>;
export type ConsentTold = Static<typeof ConsentReport>;

export const readProcessing = () => call<Processing>('GET', '/api/reports/processing');
export const readRequestFigures = (year: number | undefined) =>
  call<RequestFigures>('GET', withQuery('/api/reports/requests', { year }));
export const readRetentionReport = () => call<RetentionTold>('GET', '/api/reports/retention');
export const readConsentReport = () => call<ConsentTold>('GET', '/api/reports/consent');

/** Where the report is to be saved from. */
export const reportAddress = (report: ReportName, as: 'json' | 'pdf', year: number | undefined) =>
  withQuery(`/api/reports/${report}${as === 'pdf' ? '/pdf' : ''}`, report === 'requests' ? { year } : {});
