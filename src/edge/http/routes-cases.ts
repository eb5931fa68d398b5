/** Cases over HTTP: the queue, a case and what is said in it, canned answers. */
import {
  AttachmentPath,
  CannedAnswer,
  CannedBody,
  CannedList,
  CaseAnswer,
  CasePath,
  CasesAnswer,
  CasesQuery,
  CasesSummary,
  ChangeCaseBody,
  FindCaseAnswer,
  FindCaseBody,
  MessageAnswer,
  MessageBody,
  NewCaseBody,
  ReadCaseAnswer,
  ReadCaseBody,
  SatisfactionAnswer,
  SatisfactionBody,
} from '../../../contract/cases.ts';
import { Done } from '../../../contract/staff.ts';
import { addMessage } from '../../cases/add-message.ts';
import { addCannedAnswer } from '../../cases/canned/add.ts';
import { listCannedAnswers } from '../../cases/canned/list.ts';
import { removeCannedAnswer } from '../../cases/canned/remove.ts';
import { changeCaseBy } from '../../cases/change.ts';
import { createCase } from '../../cases/create.ts';
import { findCase } from '../../cases/find.ts';
import { itemOf } from '../../cases/item.ts';
import { listCases } from '../../cases/list.ts';
import { rateCase } from '../../cases/rate.ts';
import { satisfaction } from '../../cases/satisfaction.ts';
import type { CannedRow } from '../../cases/sql.ts';
import { summarizeCases } from '../../cases/summary.ts';
import { openCaseAttachment } from '../../gate/open-attachment.ts';
import { type OpenedCase, readCase, type ShownMessage } from '../../gate/read-case.ts';
import { actorOf, caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { FINDS, OPENS } from './pace.ts';
import { customerId, rowId, wholeNumber } from './reading.ts';
import { SAVED } from './saved.ts';
import { person, personActor } from './signed-in.ts';

export function caseQueueRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get(
    '/cases',
    { schema: { querystring: CasesQuery, response: { 200: CasesAnswer } } },
    async (request) => {
      const actor = actorOf(caller(request));
      const { limit, ...asked } = request.query;
      const most = limit === undefined ? {} : { limit: wholeNumber(limit, 'limit', 1, 500) };
      return listCases(ctx, { actor, ...asked, ...most });
    },
  );

  server.get('/cases/summary', { schema: { response: { 200: CasesSummary } } }, async (request) =>
    summarizeCases(ctx, actorOf(caller(request))),
  );

  server.get(
    '/cases/satisfaction',
    { schema: { response: { 200: SatisfactionAnswer } } },
    async (request) => ({
      weeks: await satisfaction(ctx, actorOf(caller(request))),
    }),
  );

  server.post('/cases', { schema: { body: NewCaseBody, response: { 200: CaseAnswer } } }, async (request) => {
    const actor = actorOf(caller(request));
    const { customer, ...told } = request.body;
    return { case: await createCase(ctx, { actor, customer: customerId(customer), ...lowered(told) }) };
  });

  server.post(
    '/cases/find',
    { config: FINDS, schema: { body: FindCaseBody, response: { 200: FindCaseAnswer } } },
    async (request) => {
      const actor = actorOf(caller(request));
      return { cases: await findCase(ctx, { actor, number: request.body.number }) };
    },
  );
}

export function caseRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/cases/:id/read',
    { config: OPENS, schema: { params: CasePath, body: ReadCaseBody, response: { 200: ReadCaseAnswer } } },
    async (request) => {
      const actor = actorOf(caller(request));
      return shown(await readCase(ctx, { actor, id: rowId(request.params.id), ...request.body }));
    },
  );

  server.post(
    '/cases/:id',
    { schema: { params: CasePath, body: ChangeCaseBody, response: { 200: CaseAnswer } } },
    async (request) => {
      const actor = personActor(person(request));
      const id = rowId(request.params.id);
      return { case: await changeCaseBy(ctx, { actor, id, ...lowered(request.body) }) };
    },
  );

  server.post(
    '/cases/:id/messages',
    { schema: { params: CasePath, body: MessageBody, response: { 200: MessageAnswer } } },
    async (request) => {
      const actor = personActor(person(request));
      return addMessage(ctx, { actor, id: rowId(request.params.id), ...request.body });
    },
  );

  // Never by GET, and never shown in place: what strangers send is saved, and opened elsewhere.
  server.post(
    '/cases/:id/attachments/:attachment',
    { config: OPENS, schema: { params: AttachmentPath, body: ReadCaseBody } },
    async (request, reply) => {
      const actor = actorOf(caller(request));
      const { id, attachment } = request.params;
      const asked = { actor, id: rowId(id), attachment: rowId(attachment), ...request.body };
      const content = await openCaseAttachment(ctx, asked);
      // A name of ours: what its sender called it is shown, and names no file.
      const name = `attachment-${asked.attachment.slice(-12)}.bin`;
      return reply
        .headers({ ...SAVED, 'content-disposition': `attachment; filename="${name}"` })
        .type('application/octet-stream')
        .send(content);
    },
  );

  server.post(
    '/cases/:id/satisfaction',
    { schema: { params: CasePath, body: SatisfactionBody, response: { 200: CaseAnswer } } },
    async (request) => {
      const actor = personActor(person(request));
      return { case: await rateCase(ctx, { actor, id: rowId(request.params.id), ...request.body }) };
    },
  );
}

export function cannedRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/cases/canned', { schema: { response: { 200: CannedList } } }, async (request) => ({
    answers: (await listCannedAnswers(ctx, actorOf(caller(request)))).map(cannedShown),
  }));

  server.post(
    '/cases/canned',
    { schema: { body: CannedBody, response: { 200: CannedAnswer } } },
    async (request) => {
      const actor = personActor(person(request));
      const { text: words, ...told } = request.body;
      return { answer: cannedShown(await addCannedAnswer(ctx, { actor, ...told, words })) };
    },
  );

  server.post(
    '/cases/canned/:id/remove',
    { schema: { params: CasePath, response: { 200: Done } } },
    async (request) => {
      const actor = personActor(person(request));
      await removeCannedAnswer(ctx, { actor, id: rowId(request.params.id) });
      return { done: true } as const;
    },
  );
}

/** Ids are written in small letters, as they are kept. */
function lowered<Body extends { assignee?: string | null; team?: string | null }>(body: Body): Body {
  const { assignee, team } = body;
  return {
    ...body,
    ...(typeof assignee === 'string' ? { assignee: assignee.toLowerCase() } : {}),
    ...(typeof team === 'string' ? { team: team.toLowerCase() } : {}),
  };
}

function cannedShown({ id, title, language, words }: CannedRow) {
  return { id, title, language, text: words };
}

function shown({ meta, ticket, order, subject, messages, opening }: OpenedCase) {
  return { case: itemOf(meta), ticket, order, subject, messages: messages.map(messageShown), opening };
}

function messageShown({ id, kind, at, by, state, text, sent, change, attachments }: ShownMessage) {
  return {
    ...{ id, kind, by, state, text },
    at: at.toISOString(),
    ...(change === null ? {} : { change }),
    ...(sent === null ? {} : { sent }),
    attachments,
  };
}
