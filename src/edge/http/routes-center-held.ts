/** What is held of the customer who is signed in, and who looked at it. */
import type { FastifyRequest } from 'fastify';
import {
  CenterChoicesAnswer,
  CenterLooksAnswer,
  ChoicePath,
  ChoiceReceiptAnswer,
  ChoicesQuery,
  HeldAnswer,
  HeldCasesAnswer,
  HeldEventsAnswer,
  HeldOrdersAnswer,
  PageQuery,
} from '../../../contract/center.ts';
import { BaileeError } from '../../platform/errors.ts';
import { receiptOf, showChoices } from '../../rights/center/choices.ts';
import { heldCases, heldEvents, heldOf, heldOrders, type PageAsked } from '../../rights/center/held.ts';
import { looksOf } from '../../rights/center/looks.ts';
import { ownSession } from './center-session.ts';
import type { Edge, Server } from './edge.ts';
import { isId, rowId, wholeNumber } from './reading.ts';

const USUAL = 20;
const MOST = 100;

export function centerHeldRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/held', { schema: { response: { 200: HeldAnswer } } }, async (request) =>
    heldOf(ctx, ownSession(request)),
  );

  server.get(
    '/orders',
    { schema: { querystring: PageQuery, response: { 200: HeldOrdersAnswer } } },
    async (request) => heldOrders(ctx, ownSession(request), pageIn(request)),
  );

  server.get(
    '/cases',
    { schema: { querystring: PageQuery, response: { 200: HeldCasesAnswer } } },
    async (request) => heldCases(ctx, ownSession(request), pageIn(request)),
  );

  server.get(
    '/events',
    { schema: { querystring: PageQuery, response: { 200: HeldEventsAnswer } } },
    async (request) => heldEvents(ctx, ownSession(request), pageIn(request)),
  );

  server.get(
    '/looks',
    { schema: { querystring: PageQuery, response: { 200: CenterLooksAnswer } } },
    async (request) => {
      const { after } = request.query;
      const { limit } = pageIn({ query: { ...request.query, after: undefined } });
      return looksOf(ctx, ownSession(request), { limit, after: after === undefined ? null : rowId(after) });
    },
  );

  server.get(
    '/choices',
    { schema: { querystring: ChoicesQuery, response: { 200: CenterChoicesAnswer } } },
    async (request) => {
      const { language = null } = request.query;
      return showChoices(ctx, ownSession(request), { ...pageIn(request), language });
    },
  );

  server.get(
    '/choices/:id/receipt',
    { schema: { params: ChoicePath, response: { 200: ChoiceReceiptAnswer } } },
    async (request) => receiptOf(ctx, ownSession(request), rowId(request.params.id)),
  );
}

/** Throws `bad_request`. */
function pageIn({ query }: Pick<FastifyRequest, 'query'>): PageAsked {
  const { after, limit } = query as { readonly after?: string | undefined; readonly limit?: string };
  return {
    after: after === undefined ? null : placeIn(after),
    limit: limit === undefined ? USUAL : wholeNumber(limit, 'limit', 1, MOST),
  };
}

/** Throws `bad_request` for what no answer gave. */
function placeIn(text: string): NonNullable<PageAsked['after']> {
  const [at = '', id = ''] = text.split('_');
  if (!/^\d{1,14}$/.test(at) || !isId(id))
    throw new BaileeError('bad_request', 'after is the text that the answer before gave.');
  return { at: new Date(Number(at)), id };
}
