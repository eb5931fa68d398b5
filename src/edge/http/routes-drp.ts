/** The Data Rights Protocol 1.0 for authorized agents, and the administrator's side of it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  DrpAgentBody,
  DrpAgentPath,
  DrpAgentRowPath,
  DrpAnswer,
  DrpBody,
  DrpRequestPath,
  DrpStatus,
  DrpTokenAnswer,
} from '../../../contract/drp.ts';
import type { GateCtx } from '../../gate/context.ts';
import {
  agentPresenting,
  connectAgent,
  dismissAgent,
  listAgents,
  nameBusiness,
  registerAgent,
} from '../../rights/drp/agents.ts';
import { exercise } from '../../rights/drp/exercise.ts';
import { followRequest, revokeRequest } from '../../rights/drp/follow.ts';
import { refusal } from '../../rights/drp/signed.ts';
import { actorOf, caller, provenCaller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { asBaileeError, noteFailure } from './failures.ts';
import { isId, rowId } from './reading.ts';

/** The base of the API is `/v1/drp`; the paths after it are the protocol's. */
const BASE = '/v1/drp/v1';
const MOST_MESSAGE_BYTES = 16 * 1024;

/** No key of ours: agents sign, and present the token that they were given. */
export function drpRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.register(async (drp: Server) => {
    drp.removeAllContentTypeParsers();
    drp.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: unknown) => body);
    drp.setErrorHandler((error, request, reply) => sendDrpFailure(ctx, error, request, reply));
    const options = { bodyLimit: MOST_MESSAGE_BYTES };

    drp.post(
      `${BASE}/agent/:agent`,
      { ...options, schema: { params: DrpAgentPath, response: { 200: DrpTokenAnswer } } },
      async (request) => {
        const { agent } = request.params;
        return { 'agent-id': agent, token: await connectAgent(ctx, agent, textOf(request)) };
      },
    );

    drp.get(`${BASE}/agent/:agent`, { schema: { params: DrpAgentPath } }, async (request) => {
      const { agent } = await agentPresenting(ctx, bearerOf(request));
      if (agent !== request.params.agent)
        throw refusal('forbidden', 'agent', 'This token is not of this agent.');
      return {};
    });

    drp.post(
      `${BASE}/data-rights-request`,
      { ...options, schema: { response: { 200: DrpStatus } } },
      async (request) => exercise(ctx, await agentPresenting(ctx, bearerOf(request)), textOf(request)),
    );

    drp.get(
      `${BASE}/data-rights-request/:id`,
      { schema: { params: DrpRequestPath, response: { 200: DrpStatus } } },
      async (request) =>
        followRequest(ctx, await agentPresenting(ctx, bearerOf(request)), drpId(request.params.id)),
    );

    drp.delete(
      `${BASE}/data-rights-request/:id`,
      { ...options, schema: { params: DrpRequestPath, response: { 200: DrpStatus } } },
      async (request) => {
        const agent = await agentPresenting(ctx, bearerOf(request));
        return revokeRequest(ctx, agent, drpId(request.params.id), textOf(request));
      },
    );
  });
}

export function drpAgentRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/drp', { schema: { response: { 200: DrpAnswer } } }, async (request) =>
    listAgents(ctx, actorOf(caller(request))),
  );

  server.put('/drp', { schema: { body: DrpBody, response: { 200: DrpAnswer } } }, async (request) => {
    const actor = actorOf(provenCaller(request));
    await nameBusiness(ctx, actor, request.body.business);
    return listAgents(ctx, actor);
  });

  server.post(
    '/drp/agents',
    { schema: { body: DrpAgentBody, response: { 200: DrpAnswer } } },
    async (request) => {
      const actor = actorOf(provenCaller(request));
      await registerAgent(ctx, actor, request.body);
      return listAgents(ctx, actor);
    },
  );

  server.post(
    '/drp/agents/:id/remove',
    { schema: { params: DrpAgentRowPath, response: { 200: DrpAnswer } } },
    async (request) => {
      const actor = actorOf(provenCaller(request));
      await dismissAgent(ctx, actor, rowId(request.params.id));
      return listAgents(ctx, actor);
    },
  );
}

function textOf({ body }: FastifyRequest): string {
  return typeof body === 'string' ? body : '';
}

function bearerOf({ headers }: FastifyRequest): string {
  return /^bearer\s+(\S{1,200})\s*$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** What is no id at all is nobody's request. */
function drpId(text: string): string {
  const id = text.toLowerCase();
  return isId(id) ? id : '00000000-0000-0000-0000-000000000000';
}

/** In the protocol's shape (§3.06). To an agent that asks for its token a 403 says nothing at all (§2.05.1). */
function sendDrpFailure(
  ctx: Pick<GateCtx, 'log' | 'metrics'>,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = asBaileeError(error, request.routeOptions.bodyLimit ?? MOST_MESSAGE_BYTES);
  noteFailure(ctx, failure, error, request);
  const setup = request.method === 'POST' && request.routeOptions.url === `${BASE}/agent/:agent`;
  if (setup && failure.status < 500 && failure.code !== 'too_large') return reply.code(403).send();
  const fatal = failure.details?.fatal === true ? { fatal: true } : {};
  return reply
    .code(failure.status)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ code: String(failure.status), message: failure.message, ...fatal });
}
