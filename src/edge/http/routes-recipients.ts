/** Recipients of data: who they are, what they were told, what they confirm. */
import {
  AcknowledgedAnswer,
  CertificateAnswer,
  ErasurePath,
  NewRecipientAnswer,
  NewRecipientBody,
  PseudonymsAnswer,
  PseudonymsBody,
  RecipientPath,
  RecipientsAnswer,
  RemovedAnswer,
} from '../../../contract/recipients.ts';
import { RequestPath } from '../../../contract/requests.ts';
import { BaileeError } from '../../platform/errors.ts';
import { readRequest } from '../../rights/requests/list.ts';
import { acknowledge } from '../../sharing/acknowledge.ts';
import { certify } from '../../sharing/certificate.ts';
import {
  dismissRecipient,
  listRecipients,
  pseudonymsOf,
  registerRecipient,
} from '../../sharing/recipients.ts';
import { actorOf, caller, provenCaller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { customerId, isId, rowId } from './reading.ts';

const MOST_ANSWER_BYTES = 16 * 1024;

/** No key: a recipient signs what it says. */
export function acknowledgementRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.register(async (signed: Server) => {
    signed.removeAllContentTypeParsers();
    signed.addContentTypeParser('*', { parseAs: 'string' }, async (_: unknown, body: unknown) => body);
    signed.post(
      '/v1/acknowledgements/:id',
      {
        bodyLimit: MOST_ANSWER_BYTES,
        schema: { params: RecipientPath, response: { 200: AcknowledgedAnswer } },
      },
      async ({ params, body, headers }) => {
        const id = params.id.toLowerCase();
        await acknowledge(ctx, {
          id: isId(id) ? id : '00000000-0000-0000-0000-000000000000',
          body: typeof body === 'string' ? body : '',
          timestamp: headers['webhook-timestamp'],
          signature: headers['webhook-signature'],
          authorization: headers.authorization,
        });
        return { received: true };
      },
    );
  });
}

export function recipientRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/recipients', { schema: { response: { 200: RecipientsAnswer } } }, async (request) => ({
    recipients: await listRecipients(ctx, actorOf(caller(request))),
  }));

  server.post(
    '/recipients',
    { schema: { body: NewRecipientBody, response: { 200: NewRecipientAnswer } } },
    async (request) => registerRecipient(ctx, { actor: actorOf(provenCaller(request)), ...request.body }),
  );

  server.post(
    '/recipients/:id/remove',
    { schema: { params: RecipientPath, response: { 200: RemovedAnswer } } },
    async (request) => {
      await dismissRecipient(ctx, actorOf(provenCaller(request)), rowId(request.params.id));
      return { removed: true };
    },
  );

  server.post(
    '/recipients/:id/pseudonyms',
    { schema: { params: RecipientPath, body: PseudonymsBody, response: { 200: PseudonymsAnswer } } },
    async (request) => {
      const id = rowId(request.params.id);
      const customers = request.body.customers.map(customerId);
      return { pseudonyms: await pseudonymsOf(ctx, actorOf(caller(request)), { id, customers }) };
    },
  );

  server.get(
    '/requests/:id/recipients',
    { schema: { params: RequestPath, response: { 200: CertificateAnswer } } },
    async (request) => {
      const actor = actorOf(caller(request));
      const { request: found } = await readRequest(ctx, actor, rowId(request.params.id));
      return certify(ctx, actor, { request: found.id, erasure: null });
    },
  );

  server.get(
    '/erasures/:id/recipients',
    { schema: { params: ErasurePath, response: { 200: CertificateAnswer } } },
    async (request) => {
      const certificate = await certify(ctx, actorOf(caller(request)), {
        request: null,
        erasure: rowId(request.params.id),
      });
      if (certificate.recipients.length === 0)
        throw new BaileeError('not_found', 'Of no erasure of this id was anybody told in this store.');
      return certificate;
    },
  );
}
