/**
 * Links in mails: to stop what is sent, and to confirm what was asked for. A link carries what it does, sealed;
 * nothing is stored until it is used, and nothing in it can be read or changed on the way.
 */
import type { Purpose } from '../../contract/names.ts';
import { linkKey } from '../keys/store-secret.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';

interface Link {
  readonly store: string;
  readonly purpose: Purpose;
  /** BCP 47, of the page behind it. */
  readonly language: string;
  /** When it was made; UTC milliseconds. */
  readonly at: number;
}

/** Stops messages of a purpose. Never over: whoever keeps an old mail may still say no by it. */
export interface StopLink extends Link {
  readonly kind: 'stop';
  readonly customer: string;
}

/** Confirms a grant that was asked for. */
export interface ConfirmLink extends Link {
  readonly kind: 'confirm';
  readonly who: { readonly kind: 'anonymousId' | 'userId'; readonly value: string };
  readonly notice: { readonly version: number; readonly language: string } | null;
  /** UUID: it counts once. */
  readonly request: string;
}

type AnyLink = StopLink | ConfirmLink;

const CONFIRM_WITHIN_MS = 7 * 86_400_000;
const ASSOCIATED = Buffer.from('bailee/link/v1');

/** The address of a link. Throws `conflict` where the operator did not say how people reach this server. */
export function linkAddress(ctx: Ctx, link: AnyLink): string {
  const { publicUrl } = ctx.config;
  if (publicUrl === null)
    throw new BaileeError(
      'conflict',
      'Links need BAILEE_PUBLIC_URL: the address at which people reach this server.',
    );
  const sealed = ctx.cipher.encrypt(linkKey(ctx), Buffer.from(JSON.stringify(link)), ASSOCIATED);
  const path = link.kind === 'stop' ? '/v1/unsubscribe/' : '/v1/consent/confirm/';
  return `${publicUrl}${path}${sealed.toString('base64url')}`;
}

/** What a link of this kind does; null when it was not made here, was changed, or is over. */
export function readLink<Kind extends AnyLink['kind']>(
  ctx: Ctx,
  kind: Kind,
  token: string,
): Extract<AnyLink, { kind: Kind }> | null {
  try {
    const sealed = Buffer.from(token, 'base64url');
    const link = JSON.parse(ctx.cipher.decrypt(linkKey(ctx), sealed, ASSOCIATED).toString('utf8')) as AnyLink;
    const over = link.kind === 'confirm' && link.at + CONFIRM_WITHIN_MS < ctx.clock.now();
    return link.kind === kind && !over ? (link as Extract<AnyLink, { kind: Kind }>) : null;
  } catch {
    return null;
  }
}

/** The two headers by which a mail program offers to unsubscribe with one click (RFC 8058). Both must be signed by DKIM. */
export function unsubscribeHeaders(
  ctx: Ctx,
  about: Pick<StopLink, 'store' | 'customer' | 'purpose' | 'language'>,
): { 'List-Unsubscribe': string; 'List-Unsubscribe-Post': string } {
  const address = linkAddress(ctx, { kind: 'stop', ...about, at: ctx.clock.now() });
  return {
    'List-Unsubscribe': `<${address}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
