/** Retention: the schedule, what will go when, what tonight's run would do, the last runs, and who must be warned. */
import {
  CalendarAnswer,
  CalendarQuery,
  DryRunAnswer,
  HoldsAnswer,
  RunsAnswer,
  ScheduleAnswer,
  WarnedAnswer,
  WarnedPath,
  WarningsAnswer,
} from '../../../contract/retention.ts';
import { BaileeError } from '../../platform/errors.ts';
import { showRuns, showSchedule } from '../../rights/schedule/show.ts';
import { calendar, dryRun, heldNow } from '../../rights/schedule/survey.ts';
import { listWarnings, tell } from '../../rights/schedule/warn.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { isId, wholeNumber } from './reading.ts';

/** Counts and laws alone: whoever answers for the data, runs the server or examines it. */
const READERS = ['privacy-officer', 'administrator', 'auditor'] as const;
const OFFICER = ['privacy-officer'] as const;
const MOST_MONTHS = 36;
const MONTHS = 12;

export function retentionRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/retention/schedule', { schema: { response: { 200: ScheduleAnswer } } }, async (request) =>
    showSchedule(ctx, caller(request, READERS).store),
  );

  server.get(
    '/retention/calendar',
    { schema: { querystring: CalendarQuery, response: { 200: CalendarAnswer } } },
    async (request) => {
      const { store } = caller(request, READERS);
      const { months } = request.query;
      const ahead = months === undefined ? MONTHS : wholeNumber(months, 'months', 1, MOST_MONTHS);
      return calendar(ctx, store, ahead);
    },
  );

  server.get('/retention/dry-run', { schema: { response: { 200: DryRunAnswer } } }, async (request) =>
    dryRun(ctx, caller(request, READERS).store),
  );

  server.get('/retention/runs', { schema: { response: { 200: RunsAnswer } } }, async (request) =>
    showRuns(ctx, caller(request, READERS).store),
  );

  server.get('/retention/holds', { schema: { response: { 200: HoldsAnswer } } }, async (request) => ({
    holds: await heldNow(ctx, caller(request, READERS).store),
  }));

  server.get('/retention/warnings', { schema: { response: { 200: WarningsAnswer } } }, async (request) => {
    const rows = await listWarnings(ctx, caller(request, OFFICER).store.id);
    return {
      warnings: rows.map(({ customer_id, warn_by, told_at }) => ({
        customer: customer_id,
        warnBy: warn_by.toISOString(),
        toldAt: told_at?.toISOString() ?? null,
      })),
    };
  });

  server.post(
    '/retention/warnings/:customer/told',
    { schema: { params: WarnedPath, response: { 200: WarnedAnswer } } },
    async (request) => {
      const { id, store } = caller(request, OFFICER);
      const customer = request.params.customer.toLowerCase();
      if (!isId(customer)) throw new BaileeError('not_found', 'Nobody of this id has to be warned.');
      return { toldAt: (await tell(ctx, { store: store.id, customer, by: id })).toISOString() };
    },
  );
}
