/** Reports by name, on paper. */
import type { ReportName } from '../../../contract/reports.ts';
import type { GateCtx } from '../../gate/context.ts';
import { pdfOf } from '../paper/pdf.ts';
import type { Store } from '../schedule/plan.ts';
import { consentReport } from './consent.ts';
import { consentPaper, processingPaper, requestsPaper, retentionPaper } from './papers.ts';
import { processingReport } from './processing.ts';
import { requestsReport } from './requests.ts';
import { retentionReport } from './retention.ts';

export interface ReportAsked {
  readonly report: ReportName;
  /** Of the request statistics; absent: this year. */
  readonly year?: number;
}

/** A4, in English: docs/decisions/0017 says why the letters are Latin. */
export async function reportPdf(ctx: GateCtx, store: Store, { report, year }: ReportAsked): Promise<Buffer> {
  const paper = await paperOf(ctx, store, { report, ...(year === undefined ? {} : { year }) });
  return pdfOf(paper, ctx.clock.now(), 'Letters that this file cannot show are replaced by an ellipsis.');
}

async function paperOf(ctx: GateCtx, store: Store, { report, year }: ReportAsked) {
  switch (report) {
    case 'processing':
      return processingPaper(await processingReport(ctx, store));
    case 'requests':
      return requestsPaper(await requestsReport(ctx, store.id, year));
    case 'retention':
      return retentionPaper(await retentionReport(ctx, store));
    case 'consent':
      return consentPaper(await consentReport(ctx, store.id));
  }
}
