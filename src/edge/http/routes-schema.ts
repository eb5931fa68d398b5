/** Schemas that outsiders check documents of Bailee with. Public. */
import { CONSENT_RECEIPT_EXAMPLES, ConsentReceipt } from '../../../contract/consent-receipt.ts';
import type { Server } from './edge.ts';

export function schemaRoutes(server: Server): void {
  server.get('/schemas/consent-receipt.json', async (_request, reply) => {
    reply
      .headers({ 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=3600' })
      .type('application/schema+json; charset=utf-8');
    return JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Receipt of a choice (ISO/IEC TS 27560), with its proof',
      ...ConsentReceipt,
      examples: CONSENT_RECEIPT_EXAMPLES,
    });
  });
}
