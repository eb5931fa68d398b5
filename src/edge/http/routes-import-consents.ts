/** Consents of another system: for the operator of this machine, and for an administrator into the store of the key. */
import { MOST_BATCH_BYTES } from '../../../contract/collecting.ts';
import { ImportConsentsAnswer, ImportConsentsBody } from '../../../contract/importing.ts';
import { importConsents } from '../../collect/import-consents.ts';
import type { Edge, Server } from './edge.ts';
import { storeFor } from './routes-import.ts';

/** Adds the route below `/api`. */
export function importConsentsRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post(
    '/imports/consents',
    {
      bodyLimit: MOST_BATCH_BYTES,
      schema: { body: ImportConsentsBody, response: { 200: ImportConsentsAnswer } },
    },
    async (request) => {
      const { store: asked, lines } = request.body;
      return importConsents(ctx, await storeFor(request, ctx.db, asked), lines);
    },
  );
}
