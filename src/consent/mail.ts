/** The mail that asks to confirm a choice. Only through the server that the operator named. */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { smtpTransport } from '../platform/smtp.ts';
import { type ConfirmLink, linkAddress } from './link.ts';
import { pageTexts } from './texts.ts';

/** Sends the link to `to`. The address is used once, and kept nowhere. Throws `mail_unavailable`, `conflict`. */
export async function sendConfirmation(ctx: Ctx, to: string, link: ConfirmLink): Promise<void> {
  const { mailFrom } = ctx.config;
  const address = linkAddress(ctx, link);
  const { confirmSubject, confirmBody } = pageTexts(link.language);
  try {
    await smtpTransport(ctx.config).sendMail({
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
