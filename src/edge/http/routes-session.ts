/** Signing in and out, and one's own sessions. The value of a session is in the cookie and in no answer. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import {
  AcceptBody,
  CodeBody,
  Done,
  InvitationAnswer,
  InvitationBody,
  LanguageBody,
  NewPasswordBody,
  PasswordBody,
  RoleBody,
  SESSION_COOKIE,
  SessionAnswer,
  SessionList,
  SignInAnswer,
  StaffPath,
} from '../../../contract/staff.ts';
import type { Ctx } from '../../platform/ports.ts';
import { acceptInvitation, readInvitation } from '../../staff/people/accept.ts';
import {
  changePassword,
  describeSession,
  endReplaced,
  endSession,
  listSessions,
  setLanguage,
  switchRole,
} from '../../staff/sessions/own.ts';
import { type SignInStep, signInByCode, signInByPassword } from '../../staff/sign-in/sign-in.ts';
import { stepUpByCode } from '../../staff/sign-in/step-up.ts';
import type { Edge, Server } from './edge.ts';
import { rowId } from './reading.ts';
import { needOwnPage, person, sessionCookie, signInRequired } from './signed-in.ts';
import { whereOf } from './where.ts';

const DONE = { done: true } as const;
/** `__Host-`: by https alone (or this machine), for this host alone, on every path (RFC 6265bis). */
export const COOKIE = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Sends the browser its new session, in place of the one before, which ends. */
export async function answerStep(
  ctx: Ctx,
  request: FastifyRequest,
  reply: FastifyReply,
  { started, next, enrol, recoveryCodes }: SignInStep,
): Promise<Static<typeof SignInAnswer>> {
  await endReplaced(ctx, sessionCookie(request.headers));
  sendSession(reply, started.value);
  return {
    next,
    ...(enrol === undefined ? {} : { enrol }),
    ...(recoveryCodes === undefined ? {} : { recoveryCodes }),
  };
}

export function sendSession(reply: FastifyReply, value: string): void {
  reply.header('set-cookie', `${SESSION_COOKIE}=${value}; ${COOKIE}`);
}

function forgetCookie(reply: FastifyReply): void {
  reply
    .header('set-cookie', `${SESSION_COOKIE}=; ${COOKIE}; Max-Age=0`)
    .header('clear-site-data', '"cache", "storage"');
}

/** Before anybody is signed in. */
export function signInRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/session',
    { schema: { body: PasswordBody, response: { 200: SignInAnswer } } },
    async (request, reply) => {
      needOwnPage(request);
      const { email, password } = request.body;
      return answerStep(
        ctx,
        request,
        reply,
        await signInByPassword(ctx, { email, password, where: whereOf(request) }),
      );
    },
  );

  server.post(
    '/session/code',
    { schema: { body: CodeBody, response: { 200: SignInAnswer } } },
    async (request, reply) => {
      needOwnPage(request);
      const value = partialOf(request);
      const { code } = request.body;
      return answerStep(
        ctx,
        request,
        reply,
        await signInByCode(ctx, { value, code, where: whereOf(request) }),
      );
    },
  );

  server.post(
    '/invitation',
    { schema: { body: InvitationBody, response: { 200: InvitationAnswer } } },
    async (request) => {
      needOwnPage(request);
      const { name, store, language } = await readInvitation(
        ctx,
        request.body.token,
        whereOf(request).network,
      );
      return { name, store, language };
    },
  );

  server.post(
    '/invitation/accept',
    { schema: { body: AcceptBody, response: { 200: SignInAnswer } } },
    async (request, reply) => {
      needOwnPage(request);
      const { token, password } = request.body;
      return answerStep(
        ctx,
        request,
        reply,
        await acceptInvitation(ctx, { token, password, where: whereOf(request) }),
      );
    },
  );
}

/** Of whoever is signed in. */
export function sessionRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/session', { schema: { response: { 200: SessionAnswer } } }, async (request) =>
    describeSession(ctx, person(request)),
  );

  server.post('/session/end', { schema: { response: { 200: Done } } }, async (request, reply) => {
    const session = person(request);
    await endSession(ctx, session, session.session);
    forgetCookie(reply);
    return DONE;
  });

  server.post('/session/role', { schema: { body: RoleBody, response: { 200: Done } } }, async (request) => {
    await switchRole(ctx, person(request), request.body.role);
    return DONE;
  });

  server.post(
    '/session/language',
    { schema: { body: LanguageBody, response: { 200: Done } } },
    async (request) => {
      await setLanguage(ctx, person(request), request.body.language);
      return DONE;
    },
  );

  server.post(
    '/session/step-up',
    { schema: { body: CodeBody, response: { 200: Done } } },
    async (request, reply) => {
      const { id, session, store } = person(request);
      const { network } = whereOf(request);
      const { code } = request.body;
      const value = await stepUpByCode(ctx, { person: id, store: store.id, session, code, network });
      sendSession(reply, value);
      return DONE;
    },
  );

  server.post(
    '/session/password',
    { schema: { body: NewPasswordBody, response: { 200: Done } } },
    async (request) => {
      const { network } = whereOf(request);
      await changePassword(ctx, person(request), { ...request.body, network });
      return DONE;
    },
  );

  server.get('/session/list', { schema: { response: { 200: SessionList } } }, async (request) =>
    listSessions(ctx, person(request)),
  );

  server.post(
    '/session/list/:id/end',
    { schema: { params: StaffPath, response: { 200: Done } } },
    async (request) => {
      await endSession(ctx, person(request), rowId(request.params.id));
      return DONE;
    },
  );
}

/** The session of the first factor. Throws `sign_in_required`. */
function partialOf(request: FastifyRequest): string {
  const value = sessionCookie(request.headers);
  if (value === null) throw signInRequired();
  return value;
}
