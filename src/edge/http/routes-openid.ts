/** The ways to sign in, and the company's own one: there and back again (OpenID Connect, authorization code with PKCE). */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { OpenidCallback, SIGN_IN_FAILED, WaysAnswer } from '../../../contract/openid.ts';
import { SESSION_COOKIE } from '../../../contract/staff.ts';
import { BaileeError } from '../../platform/errors.ts';
import { openidConfigured } from '../../staff/openid/provider.ts';
import { beginOpenid, finishOpenid } from '../../staff/openid/sign-in.ts';
import { endReplaced } from '../../staff/sessions/own.ts';
import { QUESTION_SECONDS } from '../../staff/sign-in/questions.ts';
import type { Edge, Server } from './edge.ts';
import { asBaileeError, noteFailure, sendFailure } from './failures.ts';
import { ownAddress, partyOf } from './own-address.ts';
import { COOKIE } from './routes-session.ts';
import { cookieOf, needOwnPage, sessionCookie } from './signed-in.ts';
import { whereOf } from './where.ts';

const OPENID_COOKIE = '__Host-bailee-openid';
/** Lax: the browser comes back from another site, by a link that it follows as a whole page. */
const LAX_COOKIE = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const CALLBACK = '/api/session/openid/callback';
const SEE_OTHER = 303;

export function openidRoutes(server: Server, { app: { ctx } }: Edge): void {
  const errorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
    fail(ctx, error, request, reply);

  server.get('/session/ways', { schema: { response: { 200: WaysAnswer } } }, async (request) => ({
    password: true as const,
    passkey: partyOf(ctx, request) !== null,
    openid: openidConfigured(ctx),
  }));

  server.get('/session/openid/begin', { errorHandler }, async (request, reply) => {
    needOwnPage(request);
    const { value, url } = await beginOpenid(ctx, address(ctx, request) + CALLBACK);
    return reply
      .header('set-cookie', `${OPENID_COOKIE}=${value}; ${LAX_COOKIE}; Max-Age=${QUESTION_SECONDS}`)
      .redirect(url, SEE_OTHER);
  });

  server.get(
    '/session/openid/callback',
    { errorHandler, config: { fromElsewhere: true }, schema: { querystring: OpenidCallback } },
    async (request, reply) => {
      reply.header('set-cookie', `${OPENID_COOKIE}=; ${LAX_COOKIE}; Max-Age=0`);
      const value = cookieOf(request.headers, OPENID_COOKIE);
      const { search } = new URL(request.url, 'http://localhost');
      const started = await finishOpenid(ctx, { value, answer: search, where: whereOf(request) });
      await endReplaced(ctx, sessionCookie(request.headers));
      return reply
        .header('set-cookie', `${SESSION_COOKIE}=${started.value}; ${COOKIE}`)
        .redirect(`${address(ctx, request)}/console`, SEE_OTHER);
    },
  );
}

/** Throws `conflict`: the provider must know where to send people back to. */
function address(ctx: Edge['app']['ctx'], request: FastifyRequest): string {
  const own = ownAddress(ctx, request);
  if (own === null)
    throw new BaileeError(
      'conflict',
      'This way to sign in needs the address of this server: set BAILEE_PUBLIC_URL.',
    );
  return own;
}

/** Somebody who followed a link gets the console, which tells what went wrong; a program gets the error. */
function fail(
  ctx: Edge['app']['ctx'],
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const own = ownAddress(ctx, request);
  if (request.headers['sec-fetch-mode'] !== 'navigate' || own === null)
    return sendFailure(ctx, error, request, reply);
  const failure = asBaileeError(error, 0);
  noteFailure(ctx, failure, error, request);
  return reply.redirect(`${own}/console${SIGN_IN_FAILED}${failure.code}`, SEE_OTHER);
}
