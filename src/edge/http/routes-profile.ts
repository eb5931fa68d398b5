/** One customer on one page, who looked, tags, and checks of callers, over HTTP. */
import {
  CallerAnswersAnswer,
  CallerAnswersBody,
  CallerCheckPath,
  VerifyCallerAnswer,
  VerifyCallerBody,
} from '../../../contract/callers.ts';
import { CASE_STATUSES } from '../../../contract/cases.ts';
import { CustomerPath } from '../../../contract/opening.ts';
import { LookedAnswer, LookedBody, ProfileAnswer, ProfileBody } from '../../../contract/profile.ts';
import { Done } from '../../../contract/staff.ts';
import {
  CustomerTagPath,
  GiveTagAnswer,
  GiveTagBody,
  NewTagAnswer,
  NewTagBody,
  RemoveTagBody,
  TagList,
  TagPath,
} from '../../../contract/tags.ts';
import { listCases } from '../../cases/list.ts';
import { READERS } from '../../cases/roles.ts';
import { answerCaller } from '../../gate/callers/answer.ts';
import { askCaller } from '../../gate/callers/ask.ts';
import { readEvidence } from '../../gate/evidence.ts';
import { looked } from '../../gate/looked.ts';
import { BaileeError } from '../../platform/errors.ts';
import { showProfile } from '../../profile/show.ts';
import { defineTag, retire } from '../../profile/tags/define.ts';
import { giveTag, removeTag } from '../../profile/tags/give.ts';
import { listTags } from '../../profile/tags/list.ts';
import { actorOf, caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { OPENS } from './pace.ts';
import { customerId, isId, purposeOf } from './reading.ts';

const ALL_STATUSES = CASE_STATUSES.join(',');
const DONE = { done: true } as const;

export function profileRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/customers/:id/profile',
    { config: OPENS, schema: { params: CustomerPath, body: ProfileBody, response: { 200: ProfileAnswer } } },
    async (request) => {
      const { purpose, evidence } = request.body;
      const actor = actorOf(caller(request));
      const page = await showProfile(ctx, {
        actor,
        customer: customerId(request.params.id),
        purpose: purposeOf(purpose),
        evidence: readEvidence(evidence),
      });
      if (page.because.length > 0 || !READERS.includes(actor.role)) return page;
      const { id: customer } = page.customer;
      const { cases } = await listCases(ctx, { actor, customer, status: ALL_STATUSES, sort: 'updated' });
      return { ...page, cases };
    },
  );

  server.post(
    '/customers/:id/looked',
    { config: OPENS, schema: { params: CustomerPath, body: LookedBody, response: { 200: LookedAnswer } } },
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

export function tagRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/tags', { schema: { response: { 200: TagList } } }, async (request) => {
    const tags = await listTags(ctx, actorOf(caller(request)));
    return {
      tags: tags.map(({ store_id: _, defined_at: at, ...tag }) => ({ ...tag, definedAt: at.toISOString() })),
    };
  });

  server.post('/tags', { schema: { body: NewTagBody, response: { 200: NewTagAnswer } } }, (request) =>
    defineTag(ctx, { actor: actorOf(caller(request)), ...request.body }),
  );

  server.post(
    '/tags/:id/retire',
    { schema: { params: TagPath, response: { 200: Done } } },
    async (request) => {
      await retire(ctx, { actor: actorOf(caller(request)), id: tagId(request.params.id) });
      return DONE;
    },
  );

  server.post(
    '/customers/:id/tags',
    { schema: { params: CustomerPath, body: GiveTagBody, response: { 200: GiveTagAnswer } } },
    async (request) => {
      const { tag, evidence } = request.body;
      return giveTag(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(request.params.id),
        tag: tagId(tag),
        evidence: readEvidence(evidence),
      });
    },
  );

  server.post(
    '/customers/:id/tags/:tag/remove',
    { schema: { params: CustomerTagPath, body: RemoveTagBody, response: { 200: Done } } },
    async (request) => {
      const { id, tag } = request.params;
      await removeTag(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(id),
        tag: tagId(tag),
        evidence: readEvidence(request.body.evidence),
      });
      return DONE;
    },
  );
}

export function callerRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/customers/:id/verify-caller',
    {
      config: OPENS,
      schema: { params: CustomerPath, body: VerifyCallerBody, response: { 200: VerifyCallerAnswer } },
    },
    async (request) => {
      const { purpose, evidence } = request.body;
      return askCaller(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(request.params.id),
        purpose: purposeOf(purpose),
        evidence: readEvidence(evidence),
      });
    },
  );

  server.post(
    '/customers/:id/verify-caller/:check/answer',
    {
      config: OPENS,
      schema: { params: CallerCheckPath, body: CallerAnswersBody, response: { 200: CallerAnswersAnswer } },
    },
    async (request) => {
      const { id, check } = request.params;
      return answerCaller(ctx, {
        actor: actorOf(caller(request)),
        customer: customerId(id),
        check: rowId(check, 'You asked no such questions of this customer.'),
        answers: request.body.answers,
      });
    },
  );
}

function tagId(text: string): string {
  return rowId(text, 'There is no such tag in this store.');
}

/** What is no id at all names nothing. */
function rowId(text: string, fault: string): string {
  const id = text.toLowerCase();
  if (!isId(id)) throw new BaileeError('not_found', fault);
  return id;
}
