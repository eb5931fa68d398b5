/** Reading a case: its subject and what was said in it. An opening like any other, with the case itself as evidence. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { makeMissing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import type { Decision, FieldState } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { caseById } from '../vault/case-queue.ts';
import type {
  AttachmentRow,
  CaseChange,
  CaseMeta,
  MessageKind,
  MessageRow,
  Sent,
} from '../vault/case-rows.ts';
import { type Opener, openAttachmentName, openCase, openMessage } from '../vault/read.ts';
import { type Recorded, recordNow } from '../vault/record.ts';
import type { CaseRow } from '../vault/rows.ts';
import { readAttachments, readCases, readMessages } from '../vault/sql.ts';
import { type Actor, actorEntry, roleOf } from './actor.ts';
import { recordRefusal } from './alert.ts';
import { openerFor } from './answer.ts';
import { conditionsOf, personKnown, underGlass } from './conditions.ts';
import type { GateCtx } from './context.ts';
import { evidenceEntry, type Weighed } from './evidence.ts';
import { maskedField, plainTexts } from './free-text.ts';
import { type Cluster, clusterOf, customerFacts, type Gathered, gather } from './gather.ts';
import { refuse } from './refuse.ts';
import { rulesFor } from './rules-for.ts';
import { CASE, caseAttachment, caseText } from './timeline-facts.ts';

export interface ReadCaseInput {
  readonly actor: Actor;
  /** Id of the case. */
  readonly id: string;
  /** Id of the one attachment that is opened instead of the texts. */
  readonly attachment?: string;
  /** For a case that is closed, and so is evidence no more; weighed as any reason is. */
  readonly reason?: string;
}

export interface ShownText {
  readonly state: FieldState;
  /** Null when withheld. */
  readonly text: string | null;
}

export interface ShownMessage extends ShownText {
  readonly id: string;
  readonly kind: MessageKind;
  readonly at: Date;
  /** Null: the customer, or the shop's own tools. */
  readonly by: string | null;
  readonly sent: Sent | null;
  /** Of an event; it has no text. */
  readonly change: CaseChange | null;
  /** Named to those who may read the text. */
  readonly attachments: readonly ShownAttachment[];
}

export interface ShownAttachment {
  readonly id: string;
  readonly name: string;
  /** Media type, found from the content. */
  readonly type: string;
  readonly bytes: number;
  /** A program, a script, or a page that may run one. */
  readonly unsafe: boolean;
  /** Whether a scanner looks at it before it is handed out. */
  readonly scan: 'when-opened' | 'none';
}

export interface OpenedCase {
  readonly meta: CaseMeta;
  /** The shop's own number; null where it has none, or it may not be seen. */
  readonly ticket: string | null;
  /** Number of its order. */
  readonly order: string | null;
  readonly subject: ShownText;
  /** Oldest first; the first words of the customer before all. */
  readonly messages: readonly ShownMessage[];
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}

export interface TakenCase {
  readonly meta: CaseMeta;
  readonly row: CaseRow;
  readonly messages: readonly MessageRow[];
  readonly attachments: readonly AttachmentRow[];
  readonly cluster: Cluster;
  readonly gathered: Gathered;
  /** How far the case may be known of at all, and how far its texts may be read. */
  readonly seen: FieldState;
  readonly text: FieldState;
  readonly files: FieldState;
  readonly recorded: Recorded;
}

const PURPOSE = 'customer-service';

/**
 * Records the opening, and only then decrypts. Texts are revealed, masked or withheld as the role may see them.
 * Throws `not_found`, `forbidden`, `evidence_mismatch` for a case that is closed, `evidence_required`,
 * `training_required`, `person_known`, `ledger_unavailable`.
 */
export async function readCase(ctx: GateCtx, input: ReadCaseInput): Promise<OpenedCase> {
  const taken = await takeCase(ctx, input, async () => undefined);
  ctx.metrics.openings.inc({ purpose: PURPOSE, result: 'case' });
  const columns = [COLUMNS.case, COLUMNS.caseMessage, COLUMNS.attachmentName];
  const scan = ctx.config.scanner === null ? 'none' : 'when-opened';
  return shown(openerFor(ctx, input.actor.store, taken, columns), { ...taken, scan });
}

/** Decides and records, in one transaction with `more`, which is asked before anything is recorded and after whoever may not ask was refused. Throws as `readCase`. */
export async function takeCase<More>(
  ctx: GateCtx,
  input: ReadCaseInput,
  more: (tx: Transaction, found: CaseMeta) => Promise<More>,
): Promise<TakenCase & { readonly more: More }> {
  const taken = await ctx.db.transaction((tx) => record(ctx, tx, input, more));
  // The refusal is committed before it is told.
  if (taken === null) throw personKnown();
  return taken;
}

async function record<More>(
  ctx: GateCtx,
  tx: Transaction,
  input: ReadCaseInput,
  more: (tx: Transaction, found: CaseMeta) => Promise<More>,
): Promise<(TakenCase & { readonly more: More }) | null> {
  const { actor, id } = input;
  const found = await caseById(tx, actor.store, id);
  if (found === null) throw unknownCase();
  const gathered = await gather(ctx, tx, [found.customer_id], []);
  const cluster = clusterOf(gathered, found.customer_id, actor.store);
  const asked = { purpose: PURPOSE, customers: [...cluster.members] } as const;
  const conditions = await conditionsOf(ctx, tx, actor, asked);
  if (actor.type === 'person' && (conditions?.caller.relation ?? null) !== null) {
    const refused = { person: actor, purpose: PURPOSE, customer: cluster.root } as const;
    await recordRefusal(ctx, tx, gathered.ring, refused);
    return null;
  }
  // Once more, now that nobody can erase it.
  const [meta, rows, messages, attachments] = await Promise.all([
    caseById(tx, actor.store, id),
    readCases(tx, [found.customer_id], [id]),
    readMessages(tx, found.customer_id, id),
    readAttachments(tx, found.customer_id, id),
  ]);
  const row = rows[0];
  if (meta === null || row === undefined) throw unknownCase();
  const evidence = input.reason === undefined ? null : { reason: input.reason };
  const weighed = underGlass(weighCase(meta, input), evidence, conditions);
  const decision = decide({
    role: roleOf(actor),
    purpose: PURPOSE,
    evidence: weighed.found,
    customer: customerFacts(cluster, gathered.ring),
    fields: [CASE, caseText(ctx), caseAttachment(ctx)],
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
    ...(conditions === null ? {} : { caller: conditions.caller }),
  });
  refuse(decision, conditions?.courses);
  const added = await more(tx, found);
  const shows = statesOf(decision);
  await makeMissing(ctx, tx, gathered.ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  const entry = {
    v: 1,
    kind: 'opening',
    at: ctx.clock.now(),
    store: actor.store,
    customer: cluster.root,
    actor: actorEntry(actor),
    purpose: PURPOSE,
    evidence: evidenceEntry(weighed),
    fields: namedStates(ctx, input, shows),
    case:
      input.attachment === undefined
        ? { row: id, messages: messages.length }
        : { row: id, attachment: input.attachment },
    policy: ctx.policy.hash,
  };
  const [recorded] = await recordNow(ctx, tx, actor.store, gathered.ring, [
    { customer: cluster.root, kind: 'opening', entry },
  ]);
  return { meta, row, messages, attachments, cluster, gathered, ...shows, recorded: recorded!, more: added };
}

/** As the entry has it: what was opened, by the names of fields. */
function namedStates(
  ctx: GateCtx,
  { attachment }: ReadCaseInput,
  { seen, text, files }: Pick<TakenCase, 'seen' | 'text' | 'files'>,
): Record<string, FieldState> {
  if (attachment !== undefined) return { [caseAttachment(ctx).name]: files };
  return { [CASE.name]: seen, [caseText(ctx).name]: text };
}

/** Whoever may not know of the case reads nothing of it. In the order in which it was asked. */
function statesOf({ fields }: Decision): Pick<TakenCase, 'seen' | 'text' | 'files'> {
  const [seen = 'withheld', text = 'withheld', files = 'withheld'] = fields.map(({ state }) => state);
  return seen === 'revealed' ? { seen, text, files } : { seen, text: 'withheld', files: 'withheld' };
}

function unknownCase(): BaileeError {
  return new BaileeError('not_found', 'There is no such case in this store.');
}

/** A case proves that it has to be read until it is closed. */
function weighCase({ id, order_id, status }: CaseMeta, { reason }: ReadCaseInput): Weighed {
  if (reason !== undefined) return { found: { kind: 'reason', holds: true }, order: null, case: id };
  return { found: { kind: 'case', holds: status !== 'closed' }, order: order_id, case: id };
}

type Shown = TakenCase & Pick<ShownAttachment, 'scan'>;

function shown(opener: Opener, taken: Shown): OpenedCase {
  const { meta, row, recorded } = taken;
  const details = (taken.seen === 'revealed' ? openCase(opener, row) : null) as Record<
    string,
    unknown
  > | null;
  const first: ShownMessage = {
    id: meta.id,
    kind: 'incoming',
    at: meta.created_at,
    by: meta.made_by,
    sent: null,
    change: null,
    attachments: attachmentsOf(opener, taken, meta.id),
    ...showText(details?.body, taken.text),
  };
  const said = taken.messages.map((message) => ({
    ...showMessage(opener, message, taken.text),
    attachments: attachmentsOf(opener, taken, message.id),
  }));
  return {
    meta,
    ticket: numberIn(details?.ticket_id),
    order: numberIn(details?.order_id),
    subject: showText(details?.subject, taken.text),
    messages: details?.body === undefined ? said : [first, ...said],
    opening: { id: recorded.id, ledgerIndex: recorded.index! },
  };
}

/** Named as the texts are shown: a name may say as much. */
function attachmentsOf(
  opener: Opener,
  { attachments, text, scan }: Shown,
  message: string,
): ShownAttachment[] {
  if (text === 'withheld') return [];
  return attachments.flatMap((row) => {
    if (row.message_id !== message) return [];
    const named = openAttachmentName(opener, row) as { readonly name: unknown } | null;
    const { id, type, bytes, unsafe } = row;
    return named === null
      ? []
      : [{ id, type, bytes, unsafe, scan, name: showText(named.name, text).text ?? '' }];
  });
}

function showMessage(opener: Opener, row: MessageRow, text: FieldState): Omit<ShownMessage, 'attachments'> {
  const { id, kind, by, sent, change, occurred_at: at } = row;
  const own = { id, kind, by, sent, change, at };
  if (kind === 'event') return { ...own, state: 'revealed', text: null };
  return { ...own, ...showText(text === 'withheld' ? null : openMessage(opener, row), text) };
}

/** A text that nothing has read has no masked form, and is withheld. */
function showText(value: unknown, state: FieldState): ShownText {
  const text =
    state === 'withheld' ? null : state === 'masked' ? maskedField(value ?? null) : plainTexts(value);
  return typeof text === 'string' ? { state, text } : { state: 'withheld', text: null };
}

function numberIn(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
