/** Handing out all that is held, erasing, and letting a returning buyer in again. */
import type { FastifyRequest } from 'fastify';
import {
  CustomerPath,
  EraseAnswer,
  EraseBody,
  LiftAnswer,
  LiftBody,
  PackageBody,
} from '../../../contract/opening.ts';
import { readEvidence } from '../../gate/evidence.ts';
import { erase } from '../../rights/erase.ts';
import { type LiftInput, lift } from '../../rights/lift.ts';
import { makePackage } from '../../rights/package/make.ts';
import { actorOf, caller, provenCaller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { customerId } from './reading.ts';
import { SAVED } from './saved.ts';

export function rightsRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/customers/:id/erase',
    { schema: { params: CustomerPath, body: EraseBody, response: { 200: EraseAnswer } } },
    async (request) => {
      return erase(ctx, {
        actor: request.principal?.kind === 'operator' ? { type: 'operator' } : actorOf(provenCaller(request)),
        customer: customerId(request.params.id),
        evidence: readEvidence(request.body.evidence),
      });
    },
  );

  // Never by GET, and its name names nobody: what lies in a folder of downloads tells of no customer.
  server.post(
    '/customers/:id/package',
    { schema: { params: CustomerPath, body: PackageBody } },
    async (request, reply) => {
      const { evidence, language = 'en' } = request.body;
      const zip = await makePackage(ctx, {
        actor: actorOf(provenCaller(request)),
        customer: customerId(request.params.id),
        evidence: readEvidence(evidence),
        language,
      });
      return reply
        .headers({ ...SAVED, 'content-disposition': 'attachment; filename="access-package.zip"' })
        .type('application/zip')
        .send(zip);
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
