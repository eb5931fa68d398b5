/** Bodies as they truly are: real clients mislabel both JSON and gzip, so only the bytes are believed. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MOST_BATCH_BYTES } from '../../../contract/collecting.ts';
import { BaileeError } from '../../platform/errors.ts';

const unzip = promisify(gunzip);
const PLAIN = new Set(['', 'identity', 'gzip', 'x-gzip']);

/**
 * Reads a body: gzip by its first bytes, then JSON. Keys like `__proto__` become members of their own and
 * change nothing; whoever copies members picks those it knows. Throws `too_large`, `malformed_json`,
 * `unsupported_encoding`.
 */
export async function readBody(bytes: Buffer, encoding: string, most: number): Promise<unknown> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await unpacked(bytes, most) : bytes;
  if (plain.length > most) throw tooLarge(most);
  const text = plain.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    if (!PLAIN.has(encoding.trim().toLowerCase()))
      throw new BaileeError('unsupported_encoding', 'The body must be plain or gzip.');
    throw new BaileeError('malformed_json', 'The body is not valid JSON.');
  }
}

async function unpacked(bytes: Buffer, most: number): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: most });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(most);
    throw new BaileeError('malformed_json', 'The body is not whole gzip.');
  }
}

export function tooLarge(most: number): BaileeError {
  return new BaileeError('too_large', `The body is larger than ${Math.floor(most / 1024)} KB.`, {
    limitBytes: most,
  });
}

/** Takes every content type, and none, as JSON. The label is set before it is looked at: some are no media types. */
export function acceptBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addHook('onRequest', async (request) => {
    const { headers } = request.raw;
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/json';
  });
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) => {
    const most = Math.min(request.routeOptions.bodyLimit ?? MOST_BATCH_BYTES, MOST_BATCH_BYTES);
    return readBody(body, String(request.headers['content-encoding'] ?? ''), most);
  });
}
