/** The ledger, public: checkpoint and tiles as C2SP tlog-tiles has them, and the keys that ever signed. */
import { EntryAnswer, EntryPath, KeysAnswer } from '../../../contract/ledger.ts';
import { checkpoint } from '../../ledger/checkpoint.ts';
import { publishedKeys } from '../../ledger/keys.ts';
import { proveInclusion } from '../../ledger/prove.ts';
import { readLeaves } from '../../ledger/sql.ts';
import { tile } from '../../ledger/tile.ts';
import { BaileeError } from '../../platform/errors.ts';
import { caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { wholeNumber } from './reading.ts';

/** Anyone may check the log from anywhere, a page of another origin too. */
const PUBLIC = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

export function ledgerRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/ledger/checkpoint', async (_request, reply) => {
    const { text, size } = await checkpoint(ctx, ctx.db);
    ctx.metrics.ledgerSize.set(size);
    return reply
      .headers({ ...PUBLIC, 'cache-control': 'no-cache' })
      .type('text/plain; charset=utf-8')
      .send(text);
  });

  server.get('/ledger/tile/*', async (request, reply) => {
    const path = `tile/${(request.params as { readonly '*': string })['*']}`;
    const bytes = await tile(ctx, path);
    if (bytes === null) throw new BaileeError('not_found', 'The ledger has no such tile.');
    // A partial tile never changes either, but the full one takes its place.
    const caching = path.includes('.p/') ? 'public, max-age=3600' : 'public, max-age=31536000, immutable';
    return reply
      .headers({ ...PUBLIC, 'cache-control': caching })
      .type('application/octet-stream')
      .send(bytes);
  });

  server.get('/ledger/keys', { schema: { response: { 200: KeysAnswer } } }, async (_request, reply) => {
    const keys = await publishedKeys(ctx, ctx.db);
    reply.headers(PUBLIC);
    return {
      keys: keys.map(({ vkey, purpose, createdAt, retiredAt }) => ({
        vkey,
        purpose,
        createdAt: createdAt.toISOString(),
        retiredAt: retiredAt?.toISOString() ?? null,
      })),
    };
  });
}

/** An entry with its proof in the tree of a fresh checkpoint, for those who audit. */
export function entryRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get(
    '/ledger/entries/:index',
    { schema: { params: EntryPath, response: { 200: EntryAnswer } } },
    async (request) => {
      caller(request, ['auditor', 'privacy-officer']);
      const index = wholeNumber(request.params.index, 'The index', 0, Number.MAX_SAFE_INTEGER);
      const { size, text } = await checkpoint(ctx, ctx.db);
      const leaf = index < size ? (await readLeaves(ctx.db, [index])).get(index) : undefined;
      if (leaf === undefined) throw new BaileeError('not_found', 'The ledger has no such entry.');
      const proof = await proveInclusion(ctx, ctx.db, index, size);
      return {
        index,
        leaf: leaf.toString('base64'),
        proof: proof.map((hash) => hash.toString('base64')),
        checkpoint: text,
      };
    },
  );
}
