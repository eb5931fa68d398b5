/** `GET /sdk/bailee.js` and its like: the bundles of `npm run build`, packed beforehand, for pages of any origin. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';
import type { Server } from './edge.ts';
import { takes } from './packing.ts';

/** A shop that wants a new version at once adds a query to the address. */
const MOST_AGE_SECONDS = 3600;

const FILES = ['bailee.js', 'browser.mjs', 'iab.js'] as const;
const ENCODINGS = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof ENCODINGS;

export interface Packed {
  readonly etag: string;
  readonly plain: Buffer;
  readonly packed: Readonly<Partial<Record<Encoding, Buffer>>>;
}

export function sdkRoutes(server: Server): void {
  for (const file of FILES) {
    const found = packedFile(join(projectRoot(), 'dist', 'sdk', file));
    // Headers that say nothing about a script would be a seventh of what a page has to fetch.
    server.get(`/sdk/${file}`, { helmet: false }, async (request, reply) => {
      if (found === null)
        throw new BaileeError('not_found', 'The browser SDK is not built. Run npm run build.');
      reply
        .header('access-control-allow-origin', '*')
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('cache-control', `public, max-age=${MOST_AGE_SECONDS}`);
      return sendPacked(request, reply, found, 'text/javascript; charset=utf-8');
    });
  }
}

/** A bundle and what the build packed beside it; null where it is not built. */
export function packedFile(path: string): Packed | null {
  if (!existsSync(path)) return null;
  const plain = readFileSync(path);
  const packed = Object.fromEntries(
    Object.entries(ENCODINGS)
      .filter(([, ending]) => existsSync(path + ending))
      .map(([encoding, ending]) => [encoding, readFileSync(path + ending)]),
  );
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`;
  return { etag, plain, packed };
}

/** Sends a file in the smallest form that the browser takes, or 304 when it has it (RFC 9110 §13.1.2). */
export function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  { etag, plain, packed }: Packed,
  type: string,
): FastifyReply {
  const { 'if-none-match': known } = request.headers;
  reply.header('etag', etag).header('vary', 'accept-encoding').header('x-content-type-options', 'nosniff');
  if (known?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag)) return reply.code(304).send();
  const encoding = (Object.keys(ENCODINGS) as Encoding[]).find(
    (each) => takes(request, each) && packed[each] !== undefined,
  );
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.type(type).send(encoding === undefined ? plain : packed[encoding]);
}
