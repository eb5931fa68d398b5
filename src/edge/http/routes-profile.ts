/** One customer on one page, and who looked, over HTTP. */
import { CustomerPath } from '../../../contract/opening.ts';
import { LookedAnswer, LookedBody, ProfileAnswer, ProfileBody } from '../../../contract/profile.ts';
import { readEvidence } from '../../gate/evidence.ts';
import { looked } from '../../gate/looked.ts';
import { showProfile } from '../../profile/show.ts';
import { actorOf, caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { customerId, purposeOf } from './reading.ts';

export function profileRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/customers/:id/profile',
    { schema: { params: CustomerPath, body: ProfileBody, response: { 200: ProfileAnswer } } },
    async (request) => {
      const { purpose, evidence } = request.body;
      return showProfile(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(request.params.id),
        purpose: purposeOf(purpose),
        evidence: readEvidence(evidence),
      });
    },
  );

  server.post(
    '/customers/:id/looked',
    { schema: { params: CustomerPath, body: LookedBody, response: { 200: LookedAnswer } } },
    async (request) => {
      const { purpose, evidence, after, limit } = request.body;
      return looked(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(request.params.id),
        ...(purpose === undefined ? {} : { purpose: purposeOf(purpose) }),
        evidence: readEvidence(evidence),
        ...(after === undefined ? {} : { after: after.toLowerCase() }),
        ...(limit === undefined ? {} : { limit }),
      });
    },
  );
}
