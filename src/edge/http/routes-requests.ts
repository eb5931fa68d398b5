/** Requests of customers over HTTP: the queue of the shop, and the customer's own. */
import type { FastifyRequest } from 'fastify';
import {
  Clock,
  DeadlineQuery,
  NewRequestAnswer,
  NewRequestBody,
  OneRequestAnswer,
  OwnRequestAnswer,
  OwnRequestBody,
  OwnRequestsAnswer,
  RequestAnswer,
  RequestPath,
  RequestsAnswer,
  RequestsQuery,
  RequestsSummary,
  StepBody,
} from '../../../contract/requests.ts';
import { readToken } from '../../consent/token.ts';
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { createRequest } from '../../rights/requests/create.ts';
import { deadline } from '../../rights/requests/deadline.ts';
import { itemOf } from '../../rights/requests/item.ts';
import { listRequests, readRequest, summarizeRequests } from '../../rights/requests/list.ts';
import { askOwn, listOwn, type SignedInCustomer, withdrawOwn } from '../../rights/requests/own.ts';
import { stepRequest } from '../../rights/requests/step.ts';
import { actorOf, caller, presentedToken, provenCaller, writeKey } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { customerId, rowId, timeOf, wholeNumber } from './reading.ts';

/** Which there are, and when they are due. */
export function requestQueueRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get(
    '/requests',
    { schema: { querystring: RequestsQuery, response: { 200: RequestsAnswer } } },
    async (request) => {
      const { limit, customer, ...asked } = request.query;
      return listRequests(ctx, {
        actor: actorOf(caller(request)),
        ...asked,
        ...(customer === undefined ? {} : { customer: customerId(customer) }),
        ...(limit === undefined ? {} : { limit: wholeNumber(limit, 'limit', 1, 500) }),
      });
    },
  );

  server.get('/requests/summary', { schema: { response: { 200: RequestsSummary } } }, async (request) =>
    summarizeRequests(ctx, actorOf(caller(request))),
  );

  server.get(
    '/requests/deadline',
    { schema: { querystring: DeadlineQuery, response: { 200: Clock } } },
    async (request) => {
      caller(request);
      const { waited, extended, holidays, ...asked } = request.query;
      return deadline(ctx, {
        ...asked,
        extended: extended === 'true',
        waited: waited === undefined ? 0 : wholeNumber(waited, 'waited', 0, 366),
        holidays: holidays === undefined ? [] : holidays.split(','),
      });
    },
  );
}

/** Writing one down, and its steps. */
export function requestRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/requests',
    { schema: { body: NewRequestBody, response: { 200: NewRequestAnswer } } },
    async (request) => {
      const author = actorOf(caller(request));
      const { customer, receivedAt, id, ...asked } = request.body;
      const { row, joined } = await createRequest(ctx, {
        author,
        customer: customerId(customer),
        ...asked,
        ...(receivedAt === undefined ? {} : { receivedAt: timeOf(receivedAt, '/receivedAt') }),
        ...(id === undefined ? {} : { id: rowId(id) }),
      });
      return { request: itemOf(row), joined };
    },
  );

  server.get(
    '/requests/:id',
    { schema: { params: RequestPath, response: { 200: OneRequestAnswer } } },
    async (request) => readRequest(ctx, actorOf(caller(request)), rowId(request.params.id)),
  );

  server.post(
    '/requests/:id',
    { schema: { params: RequestPath, body: StepBody, response: { 200: RequestAnswer } } },
    async (request) => {
      const { step } = request.body;
      // What is fulfilled cannot be taken back.
      const author = actorOf(step === 'fulfil' ? provenCaller(request) : caller(request));
      return {
        request: itemOf(await stepRequest(ctx, { author, id: rowId(request.params.id), ...request.body })),
      };
    },
  );
}

/** By the customer's own hand: the shop's backend vouches for who it is. */
export function ownRequestRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/requests',
    { schema: { body: OwnRequestBody, response: { 200: OwnRequestAnswer } } },
    async (request) => {
      const { kind, id, token } = request.body;
      const who = await customerIn(ctx, request, token);
      return askOwn(ctx, who, { kind, ...(id === undefined ? {} : { id: rowId(id) }) });
    },
  );

  server.get('/requests', { schema: { response: { 200: OwnRequestsAnswer } } }, async (request) => ({
    requests: await listOwn(ctx, await customerIn(ctx, request)),
  }));

  server.post(
    '/requests/:id/withdraw',
    { schema: { params: RequestPath, response: { 200: OwnRequestAnswer } } },
    async (request) => ({
      request: await withdrawOwn(ctx, await customerIn(ctx, request), rowId(request.params.id)),
      joined: false,
    }),
  );
}

/** The customer for whom the shop's backend signed, in the header or the body. Throws `forbidden`. */
async function customerIn(ctx: GateCtx, request: FastifyRequest, inBody?: string): Promise<SignedInCustomer> {
  const { store } = writeKey(request);
  const token = inBody ?? presentedToken(request.headers);
  if (token === undefined)
    throw new BaileeError(
      'forbidden',
      'A customer asks with a token that the shop’s backend signed for them.',
    );
  return { store: store.id, userId: await readToken(ctx, store.id, token) };
}
