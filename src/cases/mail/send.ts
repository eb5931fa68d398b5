/** Answers leave by mail: each tried until it left or is given up, which the case then shows. */

import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import type { Actor } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { type Letter, openLetter } from '../../gate/open-letter.ts';
import { isBaileeError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/ports.ts';
import { smtpTransport } from '../../platform/smtp.ts';
import { waitsAndDue } from '../../vault/case-clock.ts';
import {
  dropAnswer,
  putOffAnswer,
  queueAnswer,
  type TakenAnswer,
  takeAnswers,
} from '../../vault/case-mail.ts';
import { addCaseEvents, changeCase, markSent } from '../../vault/case-work.ts';
import { atCase, recordCase } from '../at-case.ts';
import { messageIdOf } from './message-id.ts';

const MINUTE = 60_000;
/** Rests between tries, in minutes. After the last try the answer is given up. */
const RESTS = [1, 5, 30, 120];
/** A node that is killed while it sends holds an answer back for so long: longer than sending what it took can last. */
const HELD_MS = 10 * MINUTE;
const AT_ONCE = 5;
/** Older mails of a thread are not named in an answer. */
const MOST_REFERENCES = 20;

/** `payload` of the outbox: customer, case and message. */
export async function queueLetter(
  ctx: GateCtx,
  tx: Tx,
  payload: Readonly<Record<string, string>>,
): Promise<void> {
  const { customer, case: id, message } = payload;
  if (customer === undefined || id === undefined || message === undefined) return;
  await queueAnswer(tx, { customer, case: id, message }, new Date(ctx.clock.now()));
}

/** Sends what is due; resolves true when there may be more. */
export async function sendLetters(ctx: GateCtx): Promise<boolean> {
  const now = ctx.clock.now();
  const span = { now: new Date(now), until: new Date(now + HELD_MS), limit: AT_ONCE };
  const taken = await takeAnswers(ctx.db, span);
  for (const each of taken) await sendOne(ctx, each);
  return taken.length === AT_ONCE;
}

function jobOf({ store_id: store }: TakenAnswer): Actor & { readonly type: 'job' } {
  return { type: 'job', name: 'case-mail', store };
}

async function sendOne(ctx: GateCtx, each: TakenAnswer): Promise<void> {
  try {
    const became = await deliver(ctx, each);
    ctx.metrics.mails.inc({ result: became });
    await settle(ctx, each, became);
  } catch (error) {
    const rest = RESTS[each.tries - 1];
    // The cause may quote the address: only its kind is told.
    const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
    ctx.log.warn({ kind: code, smtp: responseCode, tries: each.tries }, 'an answer could not be sent');
    if (rest === undefined || isBaileeError(error, 'forbidden')) await giveUp(ctx, each);
    else {
      ctx.metrics.mails.inc({ result: 'put-off' });
      await putOffAnswer(ctx.db, each, new Date(ctx.clock.now() + rest * MINUTE));
    }
  }
}

type Became = 'sent' | 'none' | 'gone';

/** The address lives in this function alone. */
async function deliver(ctx: GateCtx, each: TakenAnswer): Promise<Became> {
  const asked = { actor: jobOf(each), case: each.case_id, message: each.message_id };
  const letter = await openLetter(ctx, asked);
  if (letter === null) return 'gone';
  const to = normalizeIdentifier('email', letter.to);
  if (!to.ok) return 'none';
  const { number, subject, text } = letter;
  const references = referencesOf(ctx, each, letter);
  await smtpTransport(ctx.config).sendMail({
    from: ctx.config.mailFrom,
    to: { name: '', address: to.value },
    subject: subjectOf(subject, number),
    text: `${text}\n`,
    messageId: messageIdOf(ctx, each.case_id, each.message_id),
    ...(references.length === 0 ? {} : { references, inReplyTo: references.at(-1)! }),
  });
  return 'sent';
}

/** `Re: Where is my parcel? [#1042]` */
export function subjectOf(subject: string, number: number): string {
  const own = subject
    .replace(/\[#\d+\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^((re|aw|回复)[:：]\s*)+/i, '');
  return `Re: ${own === '' ? '' : `${own} `}[#${number}]`;
}

function referencesOf(ctx: GateCtx, { case_id: id }: TakenAnswer, { thread }: Letter): string[] {
  return thread
    .slice(-MOST_REFERENCES)
    .map((said) => ('mail' in said ? said.mail : messageIdOf(ctx, id, said.answer)));
}

async function settle(ctx: GateCtx, each: TakenAnswer, became: Became): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await dropAnswer(tx, each);
    if (became === 'gone') return;
    await markSent(tx, { customer: each.customer_id, message: each.message_id }, became);
  });
}

/** An answer that never left is no answer: a case that waits for the customer is open again, and due. */
async function giveUp(ctx: GateCtx, each: TakenAnswer): Promise<void> {
  ctx.metrics.mails.inc({ result: 'failed' });
  const actor = jobOf(each);
  try {
    await atCase(ctx, actor, each.case_id, async (at) => {
      const { row, tx } = at;
      const now = ctx.clock.now();
      await dropAnswer(tx, each);
      await markSent(tx, { customer: each.customer_id, message: each.message_id }, 'failed');
      if (row.status === 'waiting') {
        const open = { ...row, status: 'open' as const, updated_at: new Date(now) };
        await changeCase(tx, { ...open, ...waitsAndDue({ ...open, since: now }) });
        const change = { what: 'status', from: row.status, to: open.status } as const;
        const own = { customer: row.customer_id, case: row.id, id: ctx.random.id(), by: null };
        await addCaseEvents(tx, [{ ...own, change, at: now }]);
      }
      const details = { message: each.message_id };
      await recordCase(ctx, at, { actor, id: row.id, step: 'unsent', details });
    });
  } catch (error) {
    if (!isBaileeError(error, 'not_found') && !isBaileeError(error, 'already_erased')) throw error;
    await dropAnswer(ctx.db, each);
  }
}
