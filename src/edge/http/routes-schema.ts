/** Schemas that outsiders check documents of Bailee with. Public. */
import { CONSENT_RECEIPT_EXAMPLES, ConsentReceipt } from '../../../contract/consent-receipt.ts';
import { PACKAGE_SCHEMA } from '../../rights/package/make.ts';
import type { Server } from './edge.ts';

const OPEN_TO_ALL = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=3600' };

export function schemaRoutes(server: Server): void {
  server.get('/schemas/access-package.json', async (_request, reply) => {
    reply.headers(OPEN_TO_ALL).type('application/schema+json; charset=utf-8');
    return JSON.stringify(PACKAGE_SCHEMA);
  });

  server.get('/schemas/consent-receipt.json', async (_request, reply) => {
    reply.headers(OPEN_TO_ALL).type('application/schema+json; charset=utf-8');
    return JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Receipt of a choice (ISO/IEC TS 27560), with its proof',
      ...ConsentReceipt,
      examples: CONSENT_RECEIPT_EXAMPLES,
    });
  });
}
