/** One call of a recipient. What they answer is their status alone; no redirect is followed, and no body is read. */
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Ctx } from '../platform/ports.ts';
import { hostOf, isPrivateAddress, publicLookup } from './address.ts';

const WITHIN_MS = 10_000;

export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Resolves with the HTTP status; null when none came in time. Never throws. */
export function post(ctx: Pick<Ctx, 'config'>, { url, headers, body }: Call): Promise<number | null> {
  const at = new URL(url);
  const host = hostOf(at);
  // An address in digits is looked up by nobody.
  if (isIP(host) !== 0 && isPrivateAddress(host) && !ctx.config.privateRecipients)
    return Promise.resolve(null);
  return new Promise((resolve) => {
    const send = at.protocol === 'https:' ? tlsRequest : plainRequest;
    const call = send(at, {
      method: 'POST',
      agent: false,
      lookup: publicLookup(ctx),
      signal: AbortSignal.timeout(WITHIN_MS),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'Bailee',
      },
    });
    call.once('response', (answer) => {
      resolve(answer.statusCode ?? null);
      answer.destroy();
    });
    call.once('error', () => resolve(null));
    call.end(body);
  });
}
