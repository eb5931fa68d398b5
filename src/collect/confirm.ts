/** Double opt-in: a yes to mails counts when whoever reads the mailbox has said so. */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { type ConfirmLink, readLink, type StopLink, unsubscribeHeaders } from '../consent/link.ts';
import { sendConfirmation } from '../consent/mail.ts';
import type { ChoiceChange } from '../consent/record.ts';
import { readSettings } from '../consent/settings.ts';
import { allTexts, bestLanguage } from '../consent/texts.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import { lookUp } from '../vault/identify.ts';
import { type Asked, type ChoiceRequest, contextOf, tokenOf } from './choice-request.ts';
import { writeChoice } from './choice-write.ts';

const PURPOSE = 'marketing-email';

/**
 * Takes out of `changes` what has to be confirmed, and sends the mail; answers the rest. Nothing has to be where no
 * mail server is set, or the store does without. Throws `invalid_body` without an address, `mail_unavailable`.
 */
export async function askToConfirm(
  ctx: GateCtx,
  asked: Asked,
  request: ChoiceRequest & { readonly confirm?: { readonly email: string } },
  changes: readonly ChoiceChange[],
): Promise<{ readonly now: readonly ChoiceChange[]; readonly waiting: readonly string[] }> {
  const mine = (change: ChoiceChange) => change.purpose === PURPOSE && change.state === 'granted';
  if (!changes.some(mine) || ctx.config.smtpUrl === null) return { now: changes, waiting: [] };
  if (!(await readSettings(ctx.db, asked.source.store)).doubleOptIn) return { now: changes, waiting: [] };
  const email = normalizeIdentifier('email', request.confirm?.email);
  if (asked.source.kind !== 'server' || !email.ok)
    throw new BaileeError(
      'invalid_body',
      'News by e-mail has to be confirmed: send it from the shop’s server, with the address in confirm.email.',
    );
  const link: ConfirmLink = {
    kind: 'confirm',
    store: asked.source.store,
    purpose: PURPOSE,
    who: { kind: asked.who.kind, value: asked.who.value },
    notice: request.notice ?? null,
    language: bestLanguage(request.notice?.language ?? null, allTexts().keys()),
    at: ctx.clock.now(),
    request: ctx.random.id(),
  };
  await sendConfirmation(ctx, email.value, link);
  return { now: changes.filter((change) => !mine(change)), waiting: [PURPOSE] };
}

/** What a link would confirm; null when it is over, or no link of ours. */
export function readConfirmation(ctx: GateCtx, token: string): ConfirmLink | null {
  return readLink(ctx, 'confirm', token);
}

/** Records the grant that a link confirms; false when the link is over, or the person has said no since. */
export async function confirm(ctx: GateCtx, token: string): Promise<boolean> {
  const link = readConfirmation(ctx, token);
  if (link === null) return false;
  const asked: Asked = {
    source: { kind: 'server', store: link.store, key: 'link', country: null },
    who: link.who,
  };
  const changes: ChoiceChange[] = [{ purpose: link.purpose, state: 'granted' }];
  const request: ChoiceRequest = {
    choices: { [link.purpose]: true },
    place: 'email',
    id: link.request,
    ...(link.notice === null ? {} : { notice: link.notice }),
  };
  try {
    const context = { ...(await contextOf(ctx, asked.source, request, changes)), askedAt: link.at };
    await ctx.db.transaction((tx) =>
      writeChoice(ctx, tx, { asked, changes, context, how: 'chosen', gpc: false }),
    );
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'choice_replayed' || code === 'notice_outdated' || code === 'not_found') return false;
    throw error;
  }
}

/** The headers of a mail to a customer. Throws `not_found`, `invalid_identifier`, `conflict` (no public address). */
export async function mailHeaders(
  ctx: GateCtx,
  asked: Asked,
  about: Pick<StopLink, 'purpose'> & { readonly language?: string },
): Promise<ReturnType<typeof unsubscribeHeaders>> {
  const { store } = asked.source;
  const [found] = (await lookUp(ctx.db, store, [tokenOf(ctx, asked)])).values();
  if (found === undefined) throw new BaileeError('not_found', 'There is no such customer.');
  const language = bestLanguage(about.language ?? null, allTexts().keys());
  return unsubscribeHeaders(ctx, { store, customer: found.customer, purpose: about.purpose, language });
}
