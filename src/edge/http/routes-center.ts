/** Signing in and out of the privacy center. The value of a session is in the cookie and in no answer. */
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import {
  CenterAnswer,
  CenterCodeBody,
  CenterDone,
  CenterEndBody,
  CenterSession,
  CenterSignInBody,
} from '../../../contract/center.ts';
import { BaileeError } from '../../platform/errors.ts';
import { askForCode } from '../../rights/center/codes.ts';
import { endOwn, type StartedSession } from '../../rights/center/session.ts';
import { signInByCode, signInByOrder, signInByToken } from '../../rights/center/sign-in.ts';
import { describeCenter } from '../../rights/center/which-store.ts';
import {
  centerStore,
  forgetOwnSession,
  holderOf,
  ownSession,
  sendHolder,
  sendOwnSession,
  sessionTold,
} from './center-session.ts';
import type { Edge, Server } from './edge.ts';
import { evenly } from './evenly.ts';
import { networkOf } from './where.ts';

const DONE = { done: true } as const;

export function centerSignInRoutes(server: Server, edge: Edge): void {
  const { ctx } = edge.app;

  server.get('', { schema: { response: { 200: CenterAnswer } } }, async (request) =>
    describeCenter(ctx, await centerStore(request, edge)),
  );

  server.post(
    '/code',
    { schema: { body: CenterCodeBody, response: { 200: CenterDone } } },
    async (request, reply) => {
      const { email, language = 'en' } = request.body;
      const { id: store } = await centerStore(request, edge);
      const network = networkOf(request.ip);
      const { holder } = await evenly(() => askForCode(ctx, { store, email, language, network }));
      sendHolder(reply, holder);
      return DONE;
    },
  );

  server.post(
    '/session',
    { schema: { body: CenterSignInBody, response: { 200: CenterSession } } },
    async (request, reply) => {
      const { id: store } = await centerStore(request, edge);
      const { value, session } = await signIn(edge, request, store, request.body);
      // One browser, one customer: whoever was signed in before is not any more.
      if (request.own !== null) await endOwn(ctx, request.own, false);
      sendOwnSession(reply, value);
      return sessionTold(session);
    },
  );

  server.get('/session', { schema: { response: { 200: CenterSession } } }, async (request) =>
    sessionTold(ownSession(request)),
  );

  server.post(
    '/session/end',
    { schema: { body: CenterEndBody, response: { 200: CenterDone } } },
    async (request, reply) => {
      await endOwn(ctx, ownSession(request), request.body.all === true);
      forgetOwnSession(reply);
      return DONE;
    },
  );
}

/** Exactly one way at a time. Throws `invalid_body`. */
function signIn(
  { app: { ctx } }: Edge,
  request: FastifyRequest,
  store: string,
  body: Static<typeof CenterSignInBody>,
): Promise<StartedSession> {
  const { token, email, code, order, postalCode } = body;
  const network = networkOf(request.ip);
  const given = Object.keys(body).sort().join(' ');
  if (given === 'token') return signInByToken(ctx, { store, token: token! });
  if (given === 'code email')
    return evenly(() =>
      signInByCode(ctx, { store, email: email!, code: code!, holder: holderOf(request), network }),
    );
  if (given === 'email order')
    return evenly(() => signInByOrder(ctx, { store, order: order!, email: email!, network }));
  if (given === 'order postalCode')
    return evenly(() => signInByOrder(ctx, { store, order: order!, postalCode: postalCode!, network }));
  throw new BaileeError(
    'invalid_body',
    'Send a token; or an e-mail address and its code; or an order with its e-mail address or postal code.',
  );
}
