/** Erasing, and letting a returning buyer in again. */
import type { FastifyRequest } from 'fastify';
import { CustomerPath, EraseAnswer, EraseBody, LiftAnswer, LiftBody } from '../../../contract/opening.ts';
import { readEvidence } from '../../gate/evidence.ts';
import { erase } from '../../rights/erase.ts';
import { type LiftInput, lift } from '../../rights/lift.ts';
import { actorOf, caller, provenCaller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { customerId } from './reading.ts';

export function rightsRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/customers/:id/erase',
    { schema: { params: CustomerPath, body: EraseBody, response: { 200: EraseAnswer } } },
    async (request) => {
      return erase(ctx, {
        actor: actorOf(provenCaller(request)),
        customer: customerId(request.params.id),
        evidence: readEvidence(request.body.evidence),
      });
    },
  );

  server.post(
    '/suppressions/lift',
    { schema: { body: LiftBody, response: { 200: LiftAnswer } } },
    async (request) => {
      const { identifier, evidence } = request.body;
      return lift(ctx, { actor: lifter(request), identifier, evidence: readEvidence(evidence) });
    },
  );
}

/** The shop's own server knows that a buyer came back, so its write key may say so. */
function lifter(request: FastifyRequest): LiftInput['actor'] {
  const { principal } = request;
  if (principal?.kind === 'server') return { type: 'write-key', id: principal.id, store: principal.store.id };
  return actorOf(caller(request));
}
