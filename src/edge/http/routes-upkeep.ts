/** What was not stored: the quarantine, its replay, and the counts of what is not declared. */
import {
  QuarantineAnswer,
  QuarantineQuery,
  ReplayAnswer,
  ReplayBody,
  UndeclaredAnswer,
} from '../../../contract/upkeep.ts';
import { replayQuarantine } from '../../collect/collect.ts';
import { listUndeclared } from '../../collect/counts.ts';
import { listQuarantine } from '../../collect/quarantine.ts';
import { BaileeError } from '../../platform/errors.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { isId, wholeNumber } from './reading.ts';

const KEEPERS = ['administrator', 'privacy-officer'] as const;
const MOST_ON_A_PAGE = 200;

export function upkeepRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get(
    '/quarantine',
    { schema: { querystring: QuarantineQuery, response: { 200: QuarantineAnswer } } },
    async (request) => {
      const { after, limit } = request.query;
      return listQuarantine(ctx, caller(request, KEEPERS).store.id, {
        ...(after === undefined ? {} : { after: idOf(after) }),
        ...(limit === undefined ? {} : { limit: wholeNumber(limit, 'limit', 1, MOST_ON_A_PAGE) }),
      });
    },
  );

  server.post(
    '/quarantine/replay',
    {
      schema: { body: ReplayBody, response: { 200: ReplayAnswer } },
      preValidation: async (request) => {
        request.body ??= {};
      },
    },
    async (request) => {
      const { ids } = request.body;
      const { id, store } = caller(request, KEEPERS);
      const source = { store: store.id, key: id, country: store.country };
      return replayQuarantine(ctx, source, ids === undefined ? {} : { ids });
    },
  );

  server.get('/undeclared', { schema: { response: { 200: UndeclaredAnswer } } }, async (request) => {
    return { items: await listUndeclared(ctx, caller(request, KEEPERS).store.id) };
  });
}

function idOf(text: string): string {
  const id = text.toLowerCase();
  if (!isId(id)) throw new BaileeError('bad_request', 'after must be the `next` of the page before.');
  return id;
}
