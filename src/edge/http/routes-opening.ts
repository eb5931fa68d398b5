/** The gate over HTTP: ask, find, open, timeline. */
import {
  CustomerPath,
  DecideAnswer,
  DecideBody,
  FindAnswer,
  FindBody,
  OpenAnswer,
  OpenBody,
  TimelineAnswer,
  TimelineBody,
} from '../../../contract/opening.ts';
import { ask } from '../../gate/ask.ts';
import { readEvidence } from '../../gate/evidence.ts';
import { find } from '../../gate/find.ts';
import { open } from '../../gate/open.ts';
import { timeline } from '../../gate/timeline.ts';
import { actorOf, caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { FINDS, OPENS } from './pace.ts';
import { customerId, purposeOf, timeOf } from './reading.ts';

export function openingRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/decide',
    { schema: { body: DecideBody, response: { 200: DecideAnswer } } },
    async (request) => {
      const { customers, purpose, channel } = request.body;
      const answers = await ask(ctx, {
        actor: actorOf(caller(request)),
        customers: customers.map((id) => id.toLowerCase()),
        purpose: purposeOf(purpose),
        ...(channel === undefined ? {} : { channel }),
      });
      return { answers };
    },
  );

  server.post(
    '/customers/find',
    { config: FINDS, schema: { body: FindBody, response: { 200: FindAnswer } } },
    async (request) => {
      const { identifier, purpose, evidence } = request.body;
      const found = await find(ctx, {
        actor: actorOf(caller(request)),
        identifier,
        purpose: purposeOf(purpose),
        evidence: readEvidence(evidence),
      });
      return { customers: found.map(({ id, masked, opening }) => ({ id, ...masked, opening })) };
    },
  );
}

export function customerRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/customers/:id/open',
    { config: OPENS, schema: { params: CustomerPath, body: OpenBody, response: { 200: OpenAnswer } } },
    async (request) => {
      const { purpose, fields, evidence, reveal } = request.body;
      return open(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(request.params.id),
        purpose: purposeOf(purpose),
        ...(fields === undefined ? {} : { fields }),
        evidence: readEvidence(evidence),
        ...(reveal === undefined ? {} : { reveal }),
      });
    },
  );

  server.post(
    '/customers/:id/timeline',
    {
      config: OPENS,
      schema: { params: CustomerPath, body: TimelineBody, response: { 200: TimelineAnswer } },
    },
    async (request) => {
      const { purpose, evidence, before, limit } = request.body;
      return timeline(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(request.params.id),
        purpose: purposeOf(purpose),
        evidence: readEvidence(evidence),
        ...(before === undefined ? {} : { before: timeOf(before, '/before') }),
        ...(limit === undefined ? {} : { limit }),
      });
    },
  );
}
