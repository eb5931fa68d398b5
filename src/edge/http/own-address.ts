/** Where people reach this server, as their browser sees it. */
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import type { Party } from '../../staff/passkeys/party.ts';

/**
 * The configured address; without one, that of the request, where it is this machine: no other name in a request is
 * believed, since whoever sends the request chooses it. Null: nobody said.
 */
export function ownAddress({ config }: Ctx, request: FastifyRequest): string | null {
  if (config.publicUrl !== null) return config.publicUrl;
  const address = `http://${request.host}`;
  if (!URL.canParse(address)) return null;
  const { hostname, origin } = new URL(address);
  return isLoopback(bare(hostname)) ? origin : null;
}

/** Null where no browser would make or show a passkey: it takes a name, and https or this machine. */
export function partyOf(ctx: Ctx, request: FastifyRequest): Party | null {
  const address = ownAddress(ctx, request);
  if (address === null) return null;
  const { hostname, origin, protocol } = new URL(address);
  const named = isIP(bare(hostname)) === 0;
  return named && (protocol === 'https:' || hostname === 'localhost') ? { id: hostname, origin } : null;
}

/** Throws `conflict`, saying how passkeys would work. */
export function needParty(ctx: Ctx, request: FastifyRequest): Party {
  const party = partyOf(ctx, request);
  if (party !== null) return party;
  const address = ownAddress(ctx, request);
  const local = address === null ? null : new URL(address);
  throw new BaileeError(
    'conflict',
    local !== null && isLoopback(bare(local.hostname))
      ? `Passkeys need a name instead of a number. Open http://localhost${local.port === '' ? '' : `:${local.port}`} instead.`
      : 'Passkeys need the address of this server, with a name and https: set BAILEE_PUBLIC_URL.',
  );
}

/** An IPv6 address stands in brackets in a URL. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
