/** For who sends the shop's mails: the headers of a mail, and the way back for unsubscribes. */
import { MailHeadersAnswer, MailHeadersBody, UnsubscribesAnswer } from '../../../contract/consent.ts';
import { OPTIONAL_PURPOSES } from '../../../contract/names.ts';
import { mailHeaders } from '../../collect/confirm.ts';
import { toldByMail } from '../../collect/told-by-mail.ts';
import { readSettings } from '../../consent/settings.ts';
import { addressesIn, isSigned } from '../../consent/unsubscribes.ts';
import { storeSecret } from '../../keys/store-secret.ts';
import { BaileeError } from '../../platform/errors.ts';
import { readBody } from './bodies.ts';
import { sourceOf, writeKey } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { purposeOf } from './reading.ts';

const MOST_TOLD_BYTES = 256 * 1024;
const MOST_ADDRESSES = 1000;

export function mailRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/consent/mail-headers',
    { schema: { body: MailHeadersBody, response: { 200: MailHeadersAnswer } } },
    async (request) => {
      const caller = writeKey(request);
      if (caller.kind !== 'server')
        throw new BaileeError('forbidden', 'Links for mails are made for the shop’s server alone.');
      const { userId, purpose: name, language } = request.body;
      const purpose = purposeOf(name);
      if (!OPTIONAL_PURPOSES.includes(purpose))
        throw new BaileeError('invalid_purpose', 'What needs no choice cannot be unsubscribed from.');
      const asked = { source: sourceOf(caller), who: { kind: 'userId' as const, value: userId } };
      const about = { purpose, ...(language === undefined ? {} : { language }) };
      return { headers: await mailHeaders(ctx, asked, about) };
    },
  );

  server.register(async (signed: Server) => {
    // The signature is over the bytes as they came.
    signed.removeAllContentTypeParsers();
    signed.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: unknown, body: unknown) => body);
    signed.post(
      '/consent/unsubscribes',
      { bodyLimit: MOST_TOLD_BYTES, schema: { response: { 200: UnsubscribesAnswer } } },
      async (request) => {
        const { store } = writeKey(request);
        const { secretsNumber } = await readSettings(ctx.db, store.id);
        const secret = storeSecret(ctx, store.id, 'webhook', secretsNumber);
        const body = request.body as unknown as Buffer;
        if (!isSigned(body, request.headers['x-bailee-signature'], secret, ctx.clock.now())) {
          ctx.metrics.browserAttacks.inc({ kind: 'forged-unsubscribe' });
          throw new BaileeError(
            'forbidden',
            'X-Bailee-Signature does not sign this body under the webhook secret, or is over.',
          );
        }
        const addresses = addressesIn(await readBody(body, '', MOST_TOLD_BYTES));
        if (addresses.length > MOST_ADDRESSES)
          throw new BaileeError('too_large', `Tell of at most ${MOST_ADDRESSES} addresses at once.`);
        return toldByMail(ctx, store.id, addresses);
      },
    );
  });
}
