/** Approvals, break-glass, alerts and people one knows over HTTP. */
import {
  AlertList,
  ApprovalList,
  AskApprovalAnswer,
  AskApprovalBody,
  BreakGlassAnswer,
  BreakGlassBody,
  BreakGlassList,
  ConditionPath,
  DecideApprovalAnswer,
  DecideApprovalBody,
  DeclareBody,
  KnownList,
  ReasonAnswer,
  ReviewBody,
} from '../../../contract/conditions.ts';
import { Done } from '../../../contract/staff.ts';
import { listAlerts } from '../../gate/alerts/list.ts';
import { markSeen } from '../../gate/alerts/see.ts';
import { askApproval } from '../../gate/approvals/ask.ts';
import { decideApproval } from '../../gate/approvals/decide.ts';
import { askErasure } from '../../gate/approvals/erasure.ts';
import { listApprovals } from '../../gate/approvals/list.ts';
import { readApprovalReason } from '../../gate/approvals/read-reason.ts';
import { type BreakGlass, breakGlass } from '../../gate/break-glass/break.ts';
import { listBreakGlass } from '../../gate/break-glass/list.ts';
import { readGlassReason } from '../../gate/break-glass/read-reason.ts';
import { reviewBreakGlass } from '../../gate/break-glass/review.ts';
import { readEvidence } from '../../gate/evidence.ts';
import { BaileeError } from '../../platform/errors.ts';
import { declareKnown } from '../../staff/known/declare.ts';
import { listKnown } from '../../staff/known/list.ts';
import { approversNow } from '../../staff/people/approvers.ts';
import type { Edge, Server } from './edge.ts';
import { customerId, purposeOf, rowId } from './reading.ts';
import { person, personActor } from './signed-in.ts';

const DONE = { done: true } as const;

export function approvalRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/approvals',
    { schema: { body: AskApprovalBody, response: { 200: AskApprovalAnswer } } },
    async (request) => {
      const { customer, act, fields, purpose, evidence, reason } = request.body;
      const actor = personActor(person(request));
      const asked = { actor, customer: customerId(customer), reason, approvers: approversNow(ctx) };
      if (act === 'erasure') return askErasure(ctx, asked);
      if (fields === undefined || purpose === undefined)
        throw new BaileeError('invalid_body', 'An opening names its fields and its purpose.');
      return askApproval(ctx, {
        ...asked,
        fields,
        purpose: purposeOf(purpose),
        evidence: readEvidence(evidence),
      });
    },
  );

  server.get('/approvals', { schema: { response: { 200: ApprovalList } } }, async (request) => ({
    approvals: await listApprovals(ctx, personActor(person(request))),
  }));

  server.get(
    '/approvals/:id/reason',
    { schema: { params: ConditionPath, response: { 200: ReasonAnswer } } },
    async (request) => {
      const actor = personActor(person(request));
      return { reason: await readApprovalReason(ctx, { actor, id: rowId(request.params.id) }) };
    },
  );

  server.post(
    '/approvals/:id/decide',
    {
      schema: { params: ConditionPath, body: DecideApprovalBody, response: { 200: DecideApprovalAnswer } },
    },
    async (request) => {
      const actor = personActor(person(request));
      const { approve } = request.body;
      return decideApproval(ctx, { actor, id: rowId(request.params.id), approve });
    },
  );
}

export function breakGlassRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/break-glass',
    { schema: { body: BreakGlassBody, response: { 200: BreakGlassAnswer } } },
    async (request) => {
      const { customer, identifier, purpose, reason } = request.body;
      const actor = personActor(person(request));
      const whom = whomOf(customer, identifier);
      return breakGlass(ctx, { actor, whom, purpose: purposeOf(purpose), reason });
    },
  );

  server.get('/break-glass', { schema: { response: { 200: BreakGlassList } } }, async (request) => ({
    breakGlass: await listBreakGlass(ctx, personActor(person(request))),
  }));

  server.get(
    '/break-glass/:id/reason',
    { schema: { params: ConditionPath, response: { 200: ReasonAnswer } } },
    async (request) => {
      const actor = personActor(person(request));
      return { reason: await readGlassReason(ctx, { actor, id: rowId(request.params.id) }) };
    },
  );

  server.post(
    '/break-glass/:id/review',
    { schema: { params: ConditionPath, body: ReviewBody, response: { 200: Done } } },
    async (request) => {
      const actor = personActor(person(request));
      const { justified } = request.body;
      await reviewBreakGlass(ctx, {
        actor,
        id: rowId(request.params.id),
        justified,
        approvers: approversNow(ctx),
      });
      return DONE;
    },
  );
}

export function alertRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/alerts', { schema: { response: { 200: AlertList } } }, async (request) => ({
    alerts: await listAlerts(ctx, personActor(person(request))),
  }));

  server.post(
    '/alerts/:id/seen',
    { schema: { params: ConditionPath, response: { 200: Done } } },
    async (request) => {
      await markSeen(ctx, { actor: personActor(person(request)), id: rowId(request.params.id) });
      return DONE;
    },
  );

  server.get('/known', { schema: { response: { 200: KnownList } } }, async (request) => {
    const actor = personActor(person(request));
    return { known: await listKnown(ctx, { person: actor.id, store: actor.store }) };
  });

  server.post('/known', { schema: { body: DeclareBody, response: { 200: Done } } }, async (request) => {
    const actor = personActor(person(request));
    await declareKnown(ctx, { person: actor.id, store: actor.store, ...request.body });
    return DONE;
  });
}

/** Throws `invalid_body` unless exactly one is named. */
function whomOf(
  customer: string | undefined,
  identifier: Extract<BreakGlass['whom'], { identifier: unknown }>['identifier'] | undefined,
): BreakGlass['whom'] {
  if ((customer === undefined) === (identifier === undefined))
    throw new BaileeError('invalid_body', 'Name a customer or an identifier, and not both.');
  return customer === undefined ? { identifier: identifier! } : { customer: customerId(customer) };
}
