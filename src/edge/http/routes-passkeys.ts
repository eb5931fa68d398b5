/** Passkeys: signing in, proving anew, and one's own. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import {
  NewPasskeyAnswer,
  NewPasskeyBody,
  PasskeyAnswer,
  PasskeyBody,
  PasskeyList,
  PasskeyQuestion,
  QUESTION_COOKIE,
} from '../../../contract/passkeys.ts';
import { Done, SignInAnswer, StaffPath } from '../../../contract/staff.ts';
import { listPasskeys, showPasskey } from '../../staff/passkeys/list.ts';
import { beginRegistration, finishRegistration } from '../../staff/passkeys/register.ts';
import { removePasskey } from '../../staff/passkeys/remove.ts';
import { beginPasskeySignIn, finishPasskeySignIn } from '../../staff/passkeys/sign-in.ts';
import { beginPasskeyStepUp, finishPasskeyStepUp } from '../../staff/passkeys/step-up.ts';
import { QUESTION_SECONDS } from '../../staff/sign-in/questions.ts';
import type { Edge, Server } from './edge.ts';
import { needParty } from './own-address.ts';
import { answerStep, COOKIE, sendSession } from './routes-session.ts';
import { cookieOf, needOwnPage, person } from './signed-in.ts';
import { whereOf } from './where.ts';

const DONE = { done: true } as const;

/** Before anybody is signed in. */
export function passkeySignInRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/session/passkey/begin',
    { schema: { response: { 200: PasskeyQuestion } } },
    async (request, reply) => {
      needOwnPage(request);
      return ask(reply, await beginPasskeySignIn(ctx, needParty(ctx, request)));
    },
  );

  server.post(
    '/session/passkey/finish',
    { schema: { body: PasskeyBody, response: { 200: SignInAnswer } } },
    async (request, reply): Promise<Static<typeof SignInAnswer>> => {
      needOwnPage(request);
      const value = answered(request, reply);
      const started = await finishPasskeySignIn(ctx, {
        value,
        proof: request.body.credential,
        party: needParty(ctx, request),
        where: whereOf(request),
      });
      return answerStep(ctx, request, reply, { started, next: 'done' });
    },
  );
}

/** Of whoever is signed in. */
export function passkeyRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/session/passkeys', { schema: { response: { 200: PasskeyList } } }, async (request) =>
    listPasskeys(ctx, person(request)),
  );

  server.post(
    '/session/passkeys/begin',
    { schema: { response: { 200: NewPasskeyAnswer } } },
    async (request, reply) =>
      ask(reply, await beginRegistration(ctx, person(request), needParty(ctx, request))),
  );

  server.post(
    '/session/passkeys/finish',
    { schema: { body: NewPasskeyBody, response: { 200: PasskeyAnswer } } },
    async (request, reply) => {
      const session = person(request);
      const party = needParty(ctx, request);
      const value = answered(request, reply);
      const made = await finishRegistration(ctx, session, { ...request.body, value, party });
      return { passkey: showPasskey({ ...made, used_at: null }) };
    },
  );

  server.post(
    '/session/passkeys/:id/remove',
    { schema: { params: StaffPath, response: { 200: Done } } },
    async (request) => {
      await removePasskey(ctx, person(request), request.params.id);
      return DONE;
    },
  );

  server.post(
    '/session/step-up/passkey/begin',
    { schema: { response: { 200: PasskeyQuestion } } },
    async (request, reply) =>
      ask(reply, await beginPasskeyStepUp(ctx, person(request), needParty(ctx, request))),
  );

  server.post(
    '/session/step-up/passkey/finish',
    { schema: { body: PasskeyBody, response: { 200: Done } } },
    async (request, reply) => {
      const session = person(request);
      const party = needParty(ctx, request);
      const value = answered(request, reply);
      const { network } = whereOf(request);
      const proof = request.body.credential;
      sendSession(reply, await finishPasskeyStepUp(ctx, session, { value, proof, party, network }));
      return DONE;
    },
  );
}

/** The value stays in the cookie; the page gets what the device is asked. */
function ask<Options>(
  reply: FastifyReply,
  { value, options }: { readonly value: string; readonly options: Options },
): { options: Options } {
  reply.header('set-cookie', `${QUESTION_COOKIE}=${value}; ${COOKIE}; Max-Age=${QUESTION_SECONDS}`);
  return { options };
}

/** The question that this browser was asked; it forgets it. */
function answered(request: FastifyRequest, reply: FastifyReply): string | null {
  reply.header('set-cookie', `${QUESTION_COOKIE}=; ${COOKIE}; Max-Age=0`);
  return cookieOf(request.headers, QUESTION_COOKIE);
}
