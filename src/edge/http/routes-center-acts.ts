/** What a customer does with their own data, by their own hand. */
import {
  CenterChoiceAnswer,
  CenterChoiceBody,
  CenterEraseAnswer,
  CenterEraseBody,
  CenterRequestAnswer,
  CenterRequestBody,
  CenterRequestsAnswer,
  CorrectAnswer,
  CorrectBody,
  DownloadBody,
  ErasePreviewAnswer,
  TagPath,
  TagsGoneAnswer,
} from '../../../contract/center.ts';
import { RequestPath } from '../../../contract/requests.ts';
import { isGpc } from '../../consent/signal.ts';
import { chooseOwn } from '../../rights/center/choices.ts';
import { correctOwn } from '../../rights/center/correct.ts';
import { downloadOwn } from '../../rights/center/download.ts';
import { eraseOwn, previewErasure } from '../../rights/center/erase-own.ts';
import { askInCenter, requestsInCenter, withdrawInCenter } from '../../rights/center/requests.ts';
import { removeTags } from '../../rights/center/tags.ts';
import { forgetOwnSession, ownSession } from './center-session.ts';
import type { Edge, Server } from './edge.ts';
import { rowId } from './reading.ts';
import { SAVED } from './saved.ts';

export function centerActRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/choices',
    { schema: { body: CenterChoiceBody, response: { 200: CenterChoiceAnswer } } },
    async (request) => {
      const gpc = isGpc(request.headers['sec-gpc']);
      return chooseOwn(ctx, ownSession(request), { ...request.body, gpc });
    },
  );

  server.post('/tags/delete', { schema: { response: { 200: TagsGoneAnswer } } }, async (request) =>
    removeTags(ctx, ownSession(request), null),
  );

  server.post(
    '/tags/:id/delete',
    { schema: { params: TagPath, response: { 200: TagsGoneAnswer } } },
    async (request) => removeTags(ctx, ownSession(request), rowId(request.params.id)),
  );

  server.post(
    '/correct',
    { schema: { body: CorrectBody, response: { 200: CorrectAnswer } } },
    async (request) => correctOwn(ctx, ownSession(request), request.body),
  );

  // Never by GET, and its name names nobody: what lies in a folder of downloads tells of no customer.
  server.post('/download', { schema: { body: DownloadBody } }, async (request, reply) => {
    const zip = await downloadOwn(ctx, ownSession(request), request.body.language ?? 'en');
    return reply
      .headers({ ...SAVED, 'content-disposition': 'attachment; filename="access-package.zip"' })
      .type('application/zip')
      .send(zip);
  });

  server.get('/erase', { schema: { response: { 200: ErasePreviewAnswer } } }, async (request) =>
    previewErasure(ctx, ownSession(request)),
  );

  server.post(
    '/erase',
    { schema: { body: CenterEraseBody, response: { 200: CenterEraseAnswer } } },
    async (request, reply) => {
      const done = await eraseOwn(ctx, ownSession(request));
      forgetOwnSession(reply);
      return done;
    },
  );
}

export function centerRequestRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/requests', { schema: { response: { 200: CenterRequestsAnswer } } }, async (request) => ({
    requests: await requestsInCenter(ctx, ownSession(request)),
  }));

  server.post(
    '/requests',
    { schema: { body: CenterRequestBody, response: { 200: CenterRequestAnswer } } },
    async (request) => {
      const { kind, id } = request.body;
      return askInCenter(ctx, ownSession(request), { kind, ...(id === undefined ? {} : { id: rowId(id) }) });
    },
  );

  server.post(
    '/requests/:id/withdraw',
    { schema: { params: RequestPath, response: { 200: CenterRequestAnswer } } },
    async (request) => ({
      request: await withdrawInCenter(ctx, ownSession(request), rowId(request.params.id)),
      joined: false,
    }),
  );
}
