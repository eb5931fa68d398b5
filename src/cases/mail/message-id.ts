/**
 * Message-IDs of answers. They are made of the case and the answer alone, so that one that is sent twice (a node was
 * killed between sending and noting it) has the same id twice, and mail programs drop the double. The last part proves
 * that the id was made here: ids of cases are no secret, and nobody threads a mail into a case by naming one.
 */
import { timingSafeEqual } from 'node:crypto';
import { threadToken } from '../../keys/blind.ts';
import type { Ctx } from '../../platform/ports.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const OURS = new RegExp(`^<case\\.(${UUID})\\.(${UUID})\\.([0-9a-f]{32})@[^@<>\\s]+>$`, 'i');

/** The address alone of `Teahouse <service@shop.example>`. */
export function ownAddress({ config: { mailFrom } }: Ctx): string {
  return (/<([^<>]*)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom).trim().toLowerCase();
}

/** `<case.…@shop.example>`: the domain is that of the sender's address. */
export function messageIdOf(ctx: Ctx, id: string, message: string): string {
  const domain = /@([a-z0-9.-]+)$/.exec(ownAddress(ctx))?.[1] ?? 'localhost';
  return `<case.${id}.${message}.${threadToken(ctx, id, message).toString('hex')}@${domain}>`;
}

/** The case that a Message-ID of ours names; null when it was not made here. */
export function caseIn(ctx: Ctx, messageId: string): string | null {
  const [, id, message, proof] = OURS.exec(messageId) ?? [];
  if (id === undefined || message === undefined || proof === undefined) return null;
  const own = threadToken(ctx, id.toLowerCase(), message.toLowerCase());
  return timingSafeEqual(own, Buffer.from(proof, 'hex')) ? id.toLowerCase() : null;
}
