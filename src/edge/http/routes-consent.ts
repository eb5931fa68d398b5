/** Choices over HTTP. Whose they are never stands in an address: it is in the body, or in a header. */
import type { FastifyRequest } from 'fastify';
import { ChoicesBody, ChosenAnswer, StandingAnswer } from '../../../contract/consent.ts';
import { choose, readStanding } from '../../collect/choose.ts';
import { BaileeError } from '../../platform/errors.ts';
import { sourceOf, type WritePrincipal, writeKey } from './credentials.ts';
import type { Edge, Server } from './edge.ts';

const MOST_CHOICES_BYTES = 16 * 1024;

export function consentRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/consent/choices',
    { bodyLimit: MOST_CHOICES_BYTES, schema: { body: ChoicesBody, response: { 200: ChosenAnswer } } },
    async (request) => {
      const { choices, anonymousId, userId } = request.body;
      const caller = writeKey(request);
      const who = personOf(caller, anonymousId, userId);
      return choose(ctx, { source: sourceOf(caller), who, choices });
    },
  );

  server.get('/consent/choices', { schema: { response: { 200: StandingAnswer } } }, async (request) => {
    const caller = writeKey(request);
    const who = personOf(caller, headerText(request, 'x-anonymous-id'), headerText(request, 'x-user-id'));
    return readStanding(ctx, { source: sourceOf(caller), who });
  });
}

/** Whose choices: a device's, or a customer's with the server key. Throws `forbidden`, `invalid_identifier`. */
function personOf(caller: WritePrincipal, anonymousId: string | undefined, userId: string | undefined) {
  if (userId !== undefined && caller.kind !== 'server')
    throw new BaileeError('forbidden', 'A browser key speaks for its own device alone.');
  if ((userId === undefined) === (anonymousId === undefined))
    throw new BaileeError('invalid_identifier', 'Name one device (anonymousId) or one customer (userId).');
  return userId !== undefined
    ? { kind: 'userId' as const, value: userId }
    : { kind: 'anonymousId' as const, value: anonymousId! };
}

/** Headers arrive as Latin-1; where their bytes are UTF-8, that is what was meant. */
function headerText({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') return undefined;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
