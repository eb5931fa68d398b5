/** Where recipients may be: https, and no address of a private network unless the operator says so. */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';

type Configured = Pick<Ctx, 'config'>;

/** Not reachable for everybody (IANA's registries of special-purpose addresses, RFC 6890). */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
/** Of IPv6 only what is global unicast is public, without the parts that lead to IPv4 or are for documents. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
const NOT_PUBLIC_V6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC_V6.addSubnet(net, bits, 'ipv6');

export function isPrivateAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return PRIVATE.check(address, 'ipv4');
    case 6:
      return !PUBLIC_V6.check(address, 'ipv6') || NOT_PUBLIC_V6.check(address, 'ipv6');
    default:
      return true;
  }
}

/** The address of a recipient, spelled in one way. Throws `invalid_body`. */
export function recipientUrl({ config }: Configured, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = hostOf(url);
  const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
  const plain = url?.protocol === 'http:' && loopback && config.privateRecipients;
  if (url === null || (url.protocol !== 'https:' && !plain)) throw refused('A recipient is told over https.');
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw refused('The address of a recipient has no user, no password and no fragment.');
  const named = isIP(host) === 0 && host !== 'localhost' && host.includes('.');
  if (!config.privateRecipients && !named && isPrivateAddress(host))
    throw refused('This address lies in a private network. The operator allows such, or nobody.');
  return url.href;
}

function refused(message: string): BaileeError {
  return new BaileeError('invalid_body', message, { path: '/url' });
}

export function hostOf(url: URL | null): string {
  return (url?.hostname ?? '').replace(/^\[|\]$/g, '').toLowerCase();
}

/** Looks names up for one connection: what is checked here is what is connected to. */
export function publicLookup({ config }: Configured): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const found: LookupAddress[] = error === null ? addresses : [];
      const fault = error ?? faultOf(config.privateRecipients, found);
      if (fault !== null) done(fault, '', 0);
      else if (options.all === true) done(null, found);
      else done(null, found[0]!.address, found[0]!.family);
    });
  };
}

function faultOf(all: boolean, found: readonly LookupAddress[]): Error | null {
  if (found.length === 0) return new Error('no address');
  if (all || !found.some(({ address }) => isPrivateAddress(address))) return null;
  return Object.assign(new Error('a private address'), { code: 'EPRIVATE' });
}
