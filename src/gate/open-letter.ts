/** What a job needs to send an answer of a case: the customer's address, subject and text, and the thread. One opening, recorded first. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { makeMissing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { caseById } from '../vault/case-queue.ts';
import { type Opener, openCase, openField, openMessage } from '../vault/read.ts';
import { recordNow } from '../vault/record.ts';
import { readCases, readMessages } from '../vault/sql.ts';
import { type Actor, actorEntry, roleOf } from './actor.ts';
import { bestRows, openerFor } from './answer.ts';
import type { GateCtx } from './context.ts';
import { factsByName } from './facts.ts';
import { type FreeText, plainTexts } from './free-text.ts';
import { clusterOf, customerFacts, gather } from './gather.ts';
import { rulesFor } from './rules-for.ts';
import { CASE, caseText } from './timeline-facts.ts';

export interface OpenLetter {
  readonly actor: Actor & { readonly type: 'job' };
  readonly case: string;
  /** The answer: it is the evidence, for as long as it waits to be sent. */
  readonly message: string;
}

export interface Letter {
  /** Null: no address is known. */
  readonly to: string | null;
  readonly number: number;
  /** As the customer or the shop wrote it. */
  readonly subject: string;
  readonly text: string;
  /** What was said before, oldest first: the Message-ID of a mail that came, or the id of an answer that left. */
  readonly thread: readonly ({ readonly mail: string } | { readonly answer: string })[];
}

const PURPOSE = 'customer-service';
const ADDRESS = 'contact.email';

/**
 * Null when nothing waits to be sent: the case was erased, or the answer left. Throws `forbidden` when the customer's
 * data may not be used for it now (a restriction), `ledger_unavailable`.
 */
export async function openLetter(ctx: GateCtx, input: OpenLetter): Promise<Letter | null> {
  const taken = await ctx.db.transaction((tx) => take(ctx, tx, input));
  if (taken === null) return null;
  ctx.metrics.openings.inc({ purpose: PURPOSE, result: taken.allowed ? 'letter' : 'withheld' });
  if (!taken.allowed) throw new BaileeError('forbidden', 'This customer may not be written to now.');
  const { row, meta, messages, cluster, gathered } = taken;
  const field = ctx.catalog.fieldByName.get(ADDRESS)!;
  const columns = [COLUMNS.case, COLUMNS.caseMessage, field.id];
  const opener = openerFor(ctx, input.actor.store, { cluster, gathered }, columns);
  const details = openCase(opener, row) as Record<string, unknown> | null;
  const address = bestRows(cluster).get(field.id);
  const to = address === undefined ? null : openField(opener, address, RETENTION_CLASSES[field.retention]);
  const at = messages.findIndex(({ id }) => id === input.message);
  return {
    to: typeof to === 'string' ? to : null,
    number: meta.number,
    subject: textOf(details?.subject),
    text: textOf(openMessage(opener, messages[at]!)),
    thread: [...cameBy(details?.body), ...messages.slice(0, at).flatMap((each) => threaded(opener, each))],
  };
}

async function take(ctx: GateCtx, tx: Transaction, { actor, case: id, message }: OpenLetter) {
  const found = await caseById(tx, actor.store, id);
  if (found === null) return null;
  const field = factsByName(ctx, ADDRESS);
  const number = ctx.catalog.fieldByName.get(ADDRESS)?.id;
  const gathered = await gather(ctx, tx, [found.customer_id], number === undefined ? [] : [number]);
  const cluster = clusterOf(gathered, found.customer_id, actor.store);
  // Once more, now that nobody can erase it.
  const [meta, rows, messages] = await Promise.all([
    caseById(tx, actor.store, id),
    readCases(tx, [found.customer_id], [id]),
    readMessages(tx, found.customer_id, id),
  ]);
  const row = rows[0];
  const waits = messages.some((each) => each.id === message && each.sent === 'waiting');
  if (meta === null || row === undefined || !waits) return null;
  const { fields } = decide({
    role: roleOf(actor),
    purpose: PURPOSE,
    evidence: { kind: 'case', holds: true },
    customer: customerFacts(cluster, gathered.ring),
    fields: [field, CASE, caseText(ctx)],
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
  });
  await makeMissing(ctx, tx, gathered.ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  const entry = {
    v: 1,
    kind: 'opening',
    at: ctx.clock.now(),
    store: actor.store,
    customer: cluster.root,
    actor: actorEntry(actor),
    purpose: PURPOSE,
    evidence: { kind: 'case', row: id },
    fields: Object.fromEntries(fields.map(({ name, state }) => [name, state])),
    case: { row: id, answer: message },
    policy: ctx.policy.hash,
  };
  await recordNow(ctx, tx, actor.store, gathered.ring, [{ customer: cluster.root, kind: 'opening', entry }]);
  const allowed = fields.every(({ state }) => state === 'revealed');
  return { allowed, meta, row, messages, cluster, gathered };
}

function textOf(value: unknown): string {
  const text = plainTexts(value);
  return typeof text === 'string' ? text : '';
}

function cameBy(value: unknown): { readonly mail: string }[] {
  const mail = (value as Partial<FreeText> | null | undefined)?.['@mail'];
  return mail === undefined ? [] : [{ mail }];
}

function threaded(opener: Opener, row: Parameters<typeof openMessage>[1]): Letter['thread'][number][] {
  if (row.kind === 'answer') return row.sent === 'sent' && row.by !== null ? [{ answer: row.id }] : [];
  return row.kind === 'incoming' ? cameBy(openMessage(opener, row)) : [];
}
