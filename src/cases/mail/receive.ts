/** A mail becomes a message of its case, or a case of its own. */

import { withoutCards } from '../../collect/cards.ts';
import { readText } from '../../collect/read-text.ts';
import { addGuest, countErasedMail, findSender } from '../../collect/sender.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { FreeText } from '../../gate/free-text.ts';
import { messageToken } from '../../keys/blind.ts';
import { isBaileeError } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/ports.ts';
import { waitsAndDue } from '../../vault/case-clock.ts';
import { addAttachments } from '../../vault/case-mail.ts';
import { caseById, casesByNumber } from '../../vault/case-queue.ts';
import type { CaseMeta } from '../../vault/case-rows.ts';
import { addCaseEvents, addCases, addMessages, changeCase, lockCase } from '../../vault/case-work.ts';
import { takeMessages } from '../../vault/write.ts';
import { type AtCase, type AtCustomer, customerIn, recordCase, writerAt } from '../at-case.ts';
import { caseIn } from './message-id.ts';
import type { Mail, MailAttachment } from './parse.ts';

export interface MailStore {
  readonly id: string;
  /** ISO 3166-1 alpha-2, to read national phone numbers. */
  readonly country: string | null;
}

/** `erased`: its sender was erased, and a tombstone still stops what comes of them. */
export type Received = 'stored' | 'duplicate' | 'erased';

/**
 * Stores a mail once in 90 days. A mail belongs to a case when it answers a mail of that case, or names its number, AND
 * comes from an address of that case's customer: nobody else puts words into it. Everything else is a case of its own.
 */
export async function receiveMail(ctx: GateCtx, store: MailStore, mail: Mail): Promise<Received> {
  try {
    return await ctx.db.transaction((tx) => receive(ctx, tx, store, mail));
  } catch (error) {
    // The erasure came after the look-up, and its tombstone stops the address from now on.
    if (isBaileeError(error, 'already_erased')) return 'erased';
    throw error;
  }
}

async function receive(ctx: GateCtx, tx: Transaction, store: MailStore, mail: Mail): Promise<Received> {
  const sender = { store: store.id, address: mail.from };
  const found = await findSender(ctx, tx, sender);
  if (found === 'erased') {
    countErasedMail(ctx, tx, store.id);
    return 'erased';
  }
  // Of one sender: nobody takes the id of a mail that somebody else is about to send.
  const id = messageToken(ctx, store.id, `mail\n${mail.from}\n${mail.messageId ?? mail.digest}`);
  const fresh = await takeMessages(tx, store.id, [id.toString('latin1')], ctx.clock.now());
  if (fresh.size === 0) return 'duplicate';
  const customer = found === 'unknown' ? await addGuest(ctx, tx, sender) : found.customer;
  const at = await customerIn(ctx, tx, store.id, customer);
  const row = await caseOf(ctx, at, store, mail);
  if (row === null) await addCase(ctx, at, { store, mail, customer });
  else await addTo(ctx, { ...at, row }, { store, mail });
  return 'stored';
}

const NUMBER = /\[#(\d{1,9})\]/;

/** The case that the mail belongs to, locked; null for none of this customer's that is not closed. */
async function caseOf(
  ctx: GateCtx,
  { tx, cluster }: AtCustomer,
  { id: store }: MailStore,
  { answers, subject }: Mail,
): Promise<CaseMeta | null> {
  const fits = (row: CaseMeta | null | undefined): row is CaseMeta =>
    row != null && cluster.members.has(row.customer_id) && row.status !== 'closed';
  const named = [...new Set(answers.flatMap((each) => caseIn(ctx, each) ?? []))];
  for (const id of named) {
    if (!fits(await caseById(tx, store, id))) continue;
    const row = await lockCase(tx, store, id);
    if (fits(row)) return row;
  }
  const number = NUMBER.exec(subject)?.[1];
  if (number === undefined) return null;
  const [found] = await casesByNumber(tx, store, { number: Number(number), token: null });
  if (!fits(found)) return null;
  const row = await lockCase(tx, store, found.id);
  return fits(row) ? row : null;
}

/** Nothing was written, and a case needs words. */
const NO_WORDS = '—';

function words(text: string, country: string | null): FreeText {
  return readText(withoutCards(text === '' ? NO_WORDS : text), country);
}

function body({ text, messageId }: Mail, country: string | null): FreeText {
  return { ...words(text, country), ...(messageId === null ? {} : { '@mail': messageId }) };
}

function named<Place>(file: MailAttachment, place: Place, { country }: MailStore) {
  return { ...file, ...place, name: readText(file.name, country) };
}

const JOB = { type: 'job', name: 'case-mail' } as const;

async function addCase(
  ctx: GateCtx,
  at: AtCustomer,
  { store, mail, customer }: { readonly store: MailStore; readonly mail: Mail; readonly customer: string },
): Promise<void> {
  const now = ctx.clock.now();
  const id = ctx.random.id();
  const writer = writerAt(ctx, store.id, at);
  const kind = 'inquiry';
  const what = { kind, channel: 'mail', topic: 'other', priority: 'normal', status: 'new' } as const;
  await addCases(writer, [
    {
      ...{ customer_id: customer, id, order_id: null, assignee: null, team: null, ...what },
      ...waitsAndDue({ ...what, since: now }),
      ...{ created_at: new Date(now), updated_at: new Date(now), made_by: null, satisfaction: null },
      details: { subject: words(mail.subject, store.country), body: body(mail, store.country) },
      sealedVersion: 1,
    },
  ]);
  addAttachments(
    writer,
    mail.attachments.map((each) => named(each, { customer, case: id, message: id }, store)),
  );
  const actor = { ...JOB, store: store.id };
  const details = { what: kind, topic: what.topic, channel: what.channel };
  await recordCase(ctx, at, { actor, id, step: 'created', details });
}

/** Whoever writes again opens what was answered or solved. */
async function addTo(
  ctx: GateCtx,
  at: AtCase,
  { store, mail }: { readonly store: MailStore; readonly mail: Mail },
): Promise<void> {
  const { row, tx } = at;
  const now = ctx.clock.now();
  const message = ctx.random.id();
  const own = { customer: row.customer_id, case: row.id };
  const writer = writerAt(ctx, store.id, at);
  const text = body(mail, store.country);
  addMessages(writer, [{ ...own, id: message, kind: 'incoming', by: null, sent: null, text, at: now }]);
  addAttachments(
    writer,
    mail.attachments.map((each) => named(each, { ...own, message }, store)),
  );
  const status: CaseMeta['status'] = row.status === 'new' ? row.status : 'open';
  const since = row.waits_since?.getTime() ?? now;
  const changed = { ...row, status, updated_at: new Date(now) };
  await changeCase(tx, { ...changed, ...waitsAndDue({ ...changed, since }) });
  if (status !== row.status) {
    const change = { what: 'status', from: row.status, to: status } as const;
    await addCaseEvents(tx, [{ ...own, id: ctx.random.id(), by: null, change, at: now }]);
  }
  const actor = { ...JOB, store: store.id };
  await recordCase(ctx, at, { actor, id: row.id, step: 'received', details: { message } });
}
