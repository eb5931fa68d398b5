/** One-time codes by mail. Whether anybody is known by the address is looked at only after the answer. */
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import type { GateCtx } from '../../gate/context.ts';
import { centerToken, identifierToken } from '../../keys/blind.ts';
import { codeKey } from '../../keys/store-secret.ts';
import { BaileeError } from '../../platform/errors.ts';
import { smtpTransport } from '../../platform/smtp.ts';
import { countWithin } from '../../staff/sign-in/tries.ts';
import { addCode, takeCodes, type WaitingCode } from '../../vault/center.ts';
import { lookUp } from '../../vault/identify.ts';
import { codeLimits } from './limits.ts';
import { codeMail } from './mail-texts.ts';
import { hashOf } from './session.ts';

const CODE_MS = 10 * 60_000;
const DIGITS = 8;
const HOLDER_BYTES = 32;
const AT_ONCE = 20;
const ASSOCIATED = Buffer.from('bailee/center/code/v1');

export interface CodeAsked {
  readonly store: string;
  readonly email: string;
  /** BCP 47. */
  readonly language: string;
  readonly network: string;
}

interface Sealed {
  readonly email: string;
  readonly code: string;
  readonly language: string;
}

/**
 * Takes the wish for a code. The same is done for every address: one that nobody has gets a row too, and its mail is
 * never sent. Resolves with what the asking browser keeps. Throws `invalid_body` for what is no address, `too_many_tries`,
 * `mail_unavailable` where the operator set no mail server.
 */
export async function askForCode(
  ctx: GateCtx,
  { store, email, language, network }: CodeAsked,
): Promise<{ readonly holder: string }> {
  const address = normalizeIdentifier('email', email);
  if (!address.ok)
    throw new BaileeError('invalid_body', 'This is not an e-mail address.', { path: '/email' });
  if (ctx.config.smtpUrl === null)
    throw new BaileeError(
      'mail_unavailable',
      'This shop sends no codes. Come from your account at the shop.',
    );
  await countWithin(ctx, codeLimits({ store, what: address.value, network }));
  const id = ctx.random.id();
  const code = drawn(ctx);
  const holder = ctx.random.bytes(HOLDER_BYTES).toString('base64url');
  const now = ctx.clock.now();
  const sealed: Sealed = { email: address.value, code, language };
  await addCode(ctx.db, {
    id,
    store,
    holder: hashOf(holder),
    address: centerToken(ctx, store, 'address', address.value),
    hash: centerToken(ctx, store, 'code', `${id}/${code}`),
    sealed: ctx.cipher.encrypt(codeKey(ctx), Buffer.from(JSON.stringify(sealed)), ASSOCIATED),
    now: new Date(now),
    until: new Date(now + CODE_MS),
  });
  return { holder };
}

/** Each of the 10^8 codes is as likely as any other: of 48 random bits the remainder favors none by more than 4 in 10^7. */
function drawn(ctx: GateCtx): string {
  const number = ctx.random.bytes(6).readUIntBE(0, 6) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

/**
 * Sends the mails that wait, to those who are customers; resolves true when there may be more. A mail that cannot be sent
 * is not tried again: the code is over soon, and whoever waits asks for another.
 */
export async function sendCodes(ctx: GateCtx): Promise<boolean> {
  const taken = await ctx.db.transaction((tx) => takeCodes(tx, AT_ONCE));
  for (const each of taken) if (each.until.getTime() > ctx.clock.now()) await sendOne(ctx, each);
  return taken.length === AT_ONCE;
}

async function sendOne(
  ctx: GateCtx,
  { store_id: store, store_name: shop, sealed }: WaitingCode,
): Promise<void> {
  const opened = ctx.cipher.decrypt(codeKey(ctx), sealed, ASSOCIATED).toString('utf8');
  const { email, code, language } = JSON.parse(opened) as Sealed;
  const token = identifierToken(ctx, store, 'email', email);
  if ((await lookUp(ctx.db, store, [{ kind: 'email', token }])).size === 0) return;
  const { subject, text } = codeMail(language, { shop, code });
  try {
    await smtpTransport(ctx.config).sendMail({
      from: ctx.config.mailFrom,
      to: { name: '', address: email },
      subject,
      text,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    // The cause may quote the address: only its kind is told.
    ctx.log.warn({ kind: (error as { code?: string }).code ?? 'unknown' }, 'a code could not be sent');
  }
}
