/** Reports over HTTP: as JSON, and as a file to print. */
import type { Role } from '../../../contract/names.ts';
import {
  ConsentReport,
  ProcessingReport,
  ReportPath,
  ReportQuery,
  RequestsReport,
  RetentionReport,
} from '../../../contract/reports.ts';
import { consentReport } from '../../rights/reports/consent.ts';
import { reportPdf } from '../../rights/reports/make.ts';
import { processingReport } from '../../rights/reports/processing.ts';
import { requestsReport } from '../../rights/reports/requests.ts';
import { retentionReport } from '../../rights/reports/retention.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { wholeNumber } from './reading.ts';
import { SAVED } from './saved.ts';

/** Counts, laws and names: whoever answers for the data, and whoever examines it. */
const READERS: readonly Role[] = ['privacy-officer', 'auditor'];
const FIRST_YEAR = 2000;
const LAST_YEAR = 2200;

export function reportRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/reports/processing', { schema: { response: { 200: ProcessingReport } } }, async (request) =>
    processingReport(ctx, caller(request, READERS).store),
  );

  server.get(
    '/reports/requests',
    { schema: { querystring: ReportQuery, response: { 200: RequestsReport } } },
    async (request) => {
      const { store } = caller(request, READERS);
      return requestsReport(ctx, store.id, yearOf(request.query.year));
    },
  );

  server.get('/reports/retention', { schema: { response: { 200: RetentionReport } } }, async (request) =>
    retentionReport(ctx, caller(request, READERS).store),
  );

  server.get('/reports/consent', { schema: { response: { 200: ConsentReport } } }, async (request) =>
    consentReport(ctx, caller(request, READERS).store.id),
  );

  server.get(
    '/reports/:report/pdf',
    { schema: { params: ReportPath, querystring: ReportQuery } },
    async (request, reply) => {
      const { store } = caller(request, READERS);
      const { report } = request.params;
      const year = yearOf(request.query.year);
      const pdf = await reportPdf(ctx, store, { report, ...(year === undefined ? {} : { year }) });
      return reply
        .headers({ ...SAVED, 'content-disposition': `attachment; filename="${report}.pdf"` })
        .type('application/pdf')
        .send(pdf);
    },
  );
}

function yearOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : wholeNumber(text, 'year', FIRST_YEAR, LAST_YEAR);
}
