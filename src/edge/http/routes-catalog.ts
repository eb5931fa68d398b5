/** The catalog over HTTP, for those who keep it and those who check on it. */
import { CatalogAnswer } from '../../../contract/catalog.ts';
import type { Role } from '../../../contract/names.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';

const READERS: readonly Role[] = ['privacy-officer', 'administrator', 'auditor', 'security'];

export function catalogRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/catalog', { schema: { response: { 200: CatalogAnswer } } }, async (request) => {
    caller(request, READERS);
    const { hash, fields, events } = ctx.catalog;
    return { hash, fields: [...fields], events: [...events] };
  });
}
