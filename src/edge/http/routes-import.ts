/** Importing a file: for the operator of this machine, and for an administrator into the store of the key. */
import type { FastifyRequest } from 'fastify';
import { MOST_BATCH_BYTES } from '../../../contract/collecting.ts';
import {
  FinishBody,
  ImportAnswer,
  ImportBody,
  ImportPath,
  RowsAnswer,
  RowsBody,
} from '../../../contract/importing.ts';
import { finishImport, type Importer, importRows, startImport } from '../../collect/import.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/ports.ts';
import { chooseStore } from '../cli/store.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { isId } from './reading.ts';
import { demandOperator } from './routes-operator.ts';

/** Adds the routes below `/api`. */
export function importRoutes(server: Server, { app: { ctx } }: Edge): void {
  const bodyLimit = MOST_BATCH_BYTES;

  server.post(
    '/imports',
    { bodyLimit, schema: { body: ImportBody, response: { 200: ImportAnswer } } },
    async (request) => {
      const { store: asked, again = false, file, mapping, mappingName } = request.body;
      const store = await storeFor(request, ctx.db, asked);
      return startImport(ctx, { store, again, file, mapping, mappingName });
    },
  );

  server.post(
    '/imports/:id/rows',
    { bodyLimit, schema: { params: ImportPath, body: RowsBody, response: { 200: RowsAnswer } } },
    async (request) => {
      const importer = importerOf(request);
      return importRows(ctx, { ...request.body, importer, import: importId(request.params.id) });
    },
  );

  server.post(
    '/imports/:id/finish',
    { schema: { params: ImportPath, body: FinishBody, response: { 200: ImportAnswer } } },
    async (request) => {
      const importer = importerOf(request);
      return finishImport(ctx, { importer, import: importId(request.params.id), lines: request.body.lines });
    },
  );
}

function importerOf(request: FastifyRequest): Importer {
  if (request.principal?.kind === 'operator') {
    demandOperator(request);
    return { store: null, by: 'operator' };
  }
  const { id, store } = caller(request, ['administrator']);
  return { store: store.id, by: id };
}

/** The operator names any store; an administrator has one. Throws `forbidden`, `not_found`, `conflict`. */
export async function storeFor(request: FastifyRequest, tx: Tx, asked: string | undefined): Promise<string> {
  const { store: own } = importerOf(request);
  if (own === null) return (await chooseStore(tx, asked)).id;
  if (asked !== undefined && (await chooseStore(tx, asked)).id !== own)
    throw new BaileeError('forbidden', 'This key belongs to another store.');
  return own;
}

function importId(text: string): string {
  const id = text.toLowerCase();
  if (!isId(id)) throw new BaileeError('not_found', 'There is no such import.');
  return id;
}
