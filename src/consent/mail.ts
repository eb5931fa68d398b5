/** The one kind of mail that Bailee sends: please confirm. Only through the server that the operator named. */
import { createTransport, type Transporter } from 'nodemailer';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { type ConfirmLink, linkAddress } from './link.ts';
import { pageTexts } from './texts.ts';

const SEND_WITHIN_MS = 15_000;
const transports = new WeakMap<object, Transporter>();

function transportOf({ config }: Ctx, smtpUrl: string): Transporter {
  let transport = transports.get(config);
  if (transport === undefined) {
    const url = new URL(smtpUrl);
    const secure = url.protocol === 'smtps:';
    transport = createTransport({
      host: url.hostname,
      port: Number(url.port) || (secure ? 465 : 587),
      secure,
      ...(url.username === ''
        ? {}
        : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      connectionTimeout: SEND_WITHIN_MS,
      greetingTimeout: SEND_WITHIN_MS,
      socketTimeout: SEND_WITHIN_MS,
    });
    transports.set(config, transport);
  }
  return transport;
}

/** Sends the link to `to`. The address is used once, and kept nowhere. Throws `mail_unavailable`, `conflict`. */
export async function sendConfirmation(ctx: Ctx, to: string, link: ConfirmLink): Promise<void> {
  const { smtpUrl, mailFrom } = ctx.config;
  const address = linkAddress(ctx, link);
  const { confirmSubject, confirmBody } = pageTexts(link.language);
  try {
    if (smtpUrl === null) throw new Error('no mail server');
    await transportOf(ctx, smtpUrl).sendMail({
      from: mailFrom,
      to,
      subject: confirmSubject,
      text: `${confirmBody}\n\n${address}\n`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    // The cause may quote the address: only its kind is told.
    ctx.log.error({ kind: (error as { code?: string }).code ?? 'unknown' }, 'a mail could not be sent');
    throw new BaileeError(
      'mail_unavailable',
      'The mail that confirms this choice could not be sent. Nothing was recorded. Try again.',
    );
  }
}
