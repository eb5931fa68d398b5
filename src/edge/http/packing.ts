/** Packs an answer of text on its way out, for routes whose every byte a visitor waits for. */
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An `onSend` hook. What is no text, or too short to gain, or not to be packed, leaves as it is. */
export async function packText(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (typeof payload !== 'string' || payload.length < 500) return payload;
  reply.header('vary', [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', '));
  if (!takes(request, 'gzip')) return payload;
  reply.header('content-encoding', 'gzip').removeHeader('content-length');
  return gzipSync(payload, { level: 9 });
}

/** Whether the caller's `Accept-Encoding` names the encoding, and not with weight 0 (RFC 9110 §12.5.3). */
export function takes({ headers }: FastifyRequest, encoding: string): boolean {
  return String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .some(([name, weight = '']) => name === encoding && !/^q=0(\.0*)?$/.test(weight));
}
