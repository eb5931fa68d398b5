/** The guarded parts of the outside: `/v1` by write key and for browsers too, `/v1/center` by a customer's session, `/api` by API key or session. */
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BaileeError } from '../../platform/errors.ts';
import { needCenterPage, recognizeOwn } from './center-session.ts';
import { presentedKey, writeKey } from './credentials.ts';
import type { Edge, Routes, Server } from './edge.ts';
import { allowsOrigin } from './keys.ts';
import { holdBack, Pace } from './pace.ts';
import { needOwnPage, recognizePerson } from './signed-in.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A page of another site may lead here: the route asks for a proof of its own. */
    fromElsewhere?: true;
  }
}

const MOST_API_BYTES = 64 * 1024;
const MOST_CENTER_BYTES = 32 * 1024;
/** Of a customer's session, of whatever kind. */
const MOST_OWN_A_MINUTE = 120;

/** `/api`: a key in the header, or the cookie of a session, before anything is read. No page of another origin is answered, so no CORS. */
export function openingScope(server: FastifyInstance, edge: Edge, routes: readonly Routes[]): void {
  server.register(
    async (api: Server) => {
      refuseWhenStopping(api, edge);
      api.addHook('onRoute', (route) => {
        route.bodyLimit ??= MOST_API_BYTES;
      });
      api.addHook('onRequest', async (request) => {
        await recognize(request, edge);
        if (request.principal !== null) return;
        request.principal = await recognizePerson(edge.app.ctx, request);
        if (request.principal !== null && request.routeOptions.config.fromElsewhere !== true)
          needOwnPage(request);
      });
      holdBack(api, edge);
      for (const add of routes) add(api, edge);
    },
    { prefix: '/api' },
  );
}

/** `/v1`: the key may also be in the body; a browser key only works from its store's own pages. */
export function collectingScope(server: FastifyInstance, edge: Edge, routes: readonly Routes[]): void {
  server.register(
    async (v1: Server) => {
      refuseWhenStopping(v1, edge);
      v1.addHook('onRequest', (request) => recognize(request, edge));
      v1.addHook('preHandler', async (request) => {
        if (request.method === 'OPTIONS') return;
        await recognizeLater(request, edge);
        checkOrigin(request);
      });
      v1.register(cors, {
        hook: 'preHandler',
        delegator: (request: FastifyRequest) => corsOf(request, edge),
      });
      v1.register(async (guarded: Server) => {
        for (const add of routes) add(guarded, edge);
      });
    },
    { prefix: '/v1' },
  );
}

/** `/v1/center`: for customers, by a session of their own. From its own page alone, so no CORS; a key only names the store. */
export function centerScope(server: FastifyInstance, edge: Edge, routes: readonly Routes[]): void {
  server.register(
    async (center: Server) => {
      refuseWhenStopping(center, edge);
      const pace = new Pace();
      center.decorateRequest('own', null);
      center.addHook('onRoute', (route) => {
        route.bodyLimit ??= MOST_CENTER_BYTES;
      });
      center.addHook('onRequest', async (request) => {
        needCenterPage(request);
        request.own = await recognizeOwn(edge.app.ctx, request);
        if (request.own !== null) needPace(pace, request.own.id, edge.app.ctx.clock.now());
      });
      for (const add of routes) add(center, edge);
    },
    { prefix: '/v1/center' },
  );
}

/** Each look is an entry: nobody fills the ledger by reloading a page. Throws `too_many_openings`. */
function needPace(pace: Pace, session: string, now: number): void {
  const seconds = pace.take(session, MOST_OWN_A_MINUTE, now);
  if (seconds === 0) return;
  throw new BaileeError(
    'too_many_openings',
    `These were too many looks for a minute. Come again in ${seconds} seconds.`,
    { limit: MOST_OWN_A_MINUTE, seconds },
  );
}

function refuseWhenStopping(server: Server, { app }: Edge): void {
  server.addHook('onRequest', async () => {
    if (app.stopping()) throw new BaileeError('stopping', 'The server is stopping. Try again in a moment.');
  });
}

async function recognize(request: FastifyRequest, { keys }: Edge): Promise<void> {
  const key = presentedKey(request.headers);
  if (key !== null) request.principal = await keys.lookUp(key);
}

/**
 * The key in the body, where no header has one; the key in the address of the one route that is named by it, and
 * of the GETs that a page sends without asking first. Only a browser key is public enough to stand in an address.
 */
async function recognizeLater(request: FastifyRequest, { keys }: Edge): Promise<void> {
  const { writeKey: asked } = request.query as { readonly writeKey?: unknown };
  if (typeof asked === 'string' && request.principal === null) {
    request.principal = await keys.lookUp(asked);
    if (request.principal.kind !== 'browser')
      throw new BaileeError('forbidden', 'Only a browser key may stand in an address.');
  }
  const body = request.body as { readonly writeKey?: unknown } | null | undefined;
  const named = (request.params as { readonly writeKey?: string }).writeKey;
  if (named !== undefined) request.principal = await keys.lookUp(named);
  else if (request.principal === null && typeof body?.writeKey === 'string')
    request.principal = await keys.lookUp(body.writeKey);
  writeKey(request);
}

/** A browser says where a page came from; what is no browser says nothing, and its key is public anyway. */
function checkOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  const { kind, store } = writeKey(request);
  if (kind !== 'browser' || origin === undefined || allowsOrigin(store, origin)) return;
  throw new BaileeError(
    'forbidden',
    'This store does not let pages of this origin send with its browser key.',
  );
}

/** A preflight carries no key: it is answered where any store knows the origin; the request itself is checked. */
async function corsOf(request: FastifyRequest, { keys }: Edge) {
  const origin = request.headers.origin ?? '';
  const { principal } = request;
  const allowed =
    request.method === 'OPTIONS' ? await keys.knowsOrigin(origin) : principal?.kind === 'browser';
  return {
    origin: allowed,
    methods: ['GET', 'POST'],
    exposedHeaders: ['retry-after', 'x-request-id'],
    maxAge: 600,
  };
}
