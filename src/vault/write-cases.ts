/** Writing cases and what was said in them. The customers must be locked (FOR SHARE at least), and their keys made. */
import type { CaseChannel, CaseKind, CasePriority, CaseStatus, CaseTopic } from '../../contract/cases.ts';
import { COLUMNS } from '../keys/columns.ts';
import { byteaArray } from '../platform/binary-array.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { waitsAndDue } from './case-clock.ts';
import { CASE_META, type CaseMeta } from './case-rows.ts';
import { addCases, addMessages, type NewMessage } from './case-work.ts';
import { sealFor, type Writer } from './write.ts';

/** What the shop's own tool told of a case. */
export interface CaseWrite {
  readonly customer: string;
  readonly id: string;
  readonly order: string | null;
  readonly step: 'opened' | 'answered' | 'closed';
  /** Subject and first words; absent: only the state changes. */
  readonly details?: unknown;
  /** What the shop answered. */
  readonly answer?: unknown;
  readonly channel?: CaseChannel;
  readonly priority?: CasePriority;
  readonly kind?: CaseKind;
  readonly topic?: CaseTopic;
  /** UTC milliseconds. */
  readonly occurredAt: number;
}

/** A case while the messages of a batch are laid on it. */
type Draft = { -readonly [Name in keyof CaseMeta]: CaseMeta[Name] } & {
  row_version: number;
  occurred_at: Date;
  details?: unknown;
};

type Standing = CaseMeta & { readonly row_version: number; readonly occurred_at: Date };

/**
 * Opens cases, or moves their state: what happened last counts, and closed before open when both happened at
 * once, since an open case is evidence. Details may come after the rest.
 */
export async function writeCases(writer: Writer, cases: readonly CaseWrite[]): Promise<void> {
  if (cases.length === 0) return;
  const standing = await lockStanding(writer.tx, cases);
  const drafts = new Map<string, Draft>(standing.map((row) => [row.id, { ...row }]));
  const fresh = new Set<string>();
  for (const item of cases) {
    const draft = drafts.get(item.id);
    if (draft !== undefined) lay(draft, item);
    else {
      drafts.set(item.id, begin(writer.store, item));
      fresh.add(item.id);
    }
  }
  const all = [...drafts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await addCases(
    writer,
    all
      .filter((draft) => fresh.has(draft.id))
      .map((draft) => ({ ...draft, details: draft.details ?? {}, sealedVersion: draft.row_version })),
  );
  await moveCases(
    writer,
    all.filter((draft) => !fresh.has(draft.id)),
  );
  addMessages(
    writer,
    cases.flatMap((item) => answerOf(writer, item)),
  );
}

async function lockStanding(tx: Tx, cases: readonly CaseWrite[]): Promise<Standing[]> {
  const { rows } = await tx.query<Standing>({
    name: 'write_cases_standing',
    text: `SELECT ${CASE_META}, c.row_version, c.occurred_at FROM bailee.cases c
           WHERE (c.customer_id, c.id) IN (SELECT t.c, t.i FROM unnest($1::uuid[], $2::uuid[]) AS t (c, i))
           ORDER BY c.customer_id, c.id FOR UPDATE`,
    values: [cases.map((each) => each.customer), cases.map((each) => each.id)],
  });
  return rows;
}

const FIRST: Readonly<Record<CaseWrite['step'], CaseStatus>> = {
  opened: 'new',
  // Whoever answered waits for the customer.
  answered: 'waiting',
  closed: 'closed',
};

function begin(store: string, item: CaseWrite): Draft {
  const at = new Date(item.occurredAt);
  const own = {
    kind: item.kind ?? 'inquiry',
    priority: item.priority ?? 'normal',
    status: FIRST[item.step],
  } as const;
  return {
    customer_id: item.customer,
    id: item.id,
    store_id: store,
    order_id: item.order,
    number: 0,
    channel: item.channel ?? 'form',
    topic: item.topic ?? 'other',
    assignee: null,
    team: null,
    created_at: at,
    updated_at: at,
    made_by: null,
    satisfaction: null,
    version: 1,
    row_version: item.details === undefined ? 0 : 1,
    occurred_at: at,
    ...own,
    ...waitsAndDue({ ...own, since: item.occurredAt }),
    ...(item.details === undefined ? {} : { details: item.details }),
  };
}

function lay(draft: Draft, item: CaseWrite): void {
  const at = new Date(item.occurredAt);
  const later = at > draft.occurred_at || (item.step === 'closed' && +at === +draft.occurred_at);
  draft.order_id ??= item.order;
  if (at < draft.created_at) draft.created_at = at;
  if (at > draft.updated_at) draft.updated_at = at;
  if (item.details !== undefined && draft.row_version === 0) {
    draft.details = item.details;
    draft.row_version = 1;
    draft.channel = item.channel ?? draft.channel;
    draft.priority = item.priority ?? draft.priority;
    draft.kind = item.kind ?? draft.kind;
    draft.topic = item.topic ?? draft.topic;
  }
  if (later) {
    draft.occurred_at = at;
    draft.status = next(draft.status, item.step);
  }
  const waited = draft.waits_since;
  Object.assign(draft, waitsAndDue({ ...draft, since: waited?.getTime() ?? item.occurredAt }));
}

/** A customer who writes again opens what was answered or done. */
function next(status: CaseStatus, step: CaseWrite['step']): CaseStatus {
  if (step !== 'opened') return FIRST[step];
  return status === 'new' ? status : 'open';
}

/** Stands for "as it is": an array of bytes holds no NULL. */
const NO_BYTES = Buffer.alloc(0);

async function moveCases(writer: Writer, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const sealed = drafts.map((draft) =>
    draft.details === undefined
      ? NO_BYTES
      : sealFor(
          writer,
          {
            customer: draft.customer_id,
            retention: 'service',
            row: draft.id,
            rowVersion: draft.row_version,
            field: COLUMNS.case,
          },
          draft.details,
        ),
  );
  const { rowCount } = await writer.tx.query({
    name: 'write_cases_moved',
    text: `UPDATE bailee.cases c SET order_id = t.o, status = t.s, state = CASE WHEN t.s IN ('new', 'open', 'waiting') THEN 'open' ELSE 'closed' END,
             channel = t.ch, priority = t.p, kind = t.k, topic = t.tp, waits_since = t.w, due_at = t.d, created_at = t.cr, updated_at = t.u,
             occurred_at = t.oc, row_version = t.rv, sealed = COALESCE(NULLIF(t.se, ''), c.sealed), version = c.version + 1
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
             $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::integer[], $13::bytea[], $14::text[], $15::text[])
             AS t (c, i, o, s, ch, p, w, d, cr, u, oc, rv, se, k, tp)
           WHERE c.customer_id = t.c AND c.id = t.i`,
    values: [
      drafts.map((each) => each.customer_id),
      drafts.map((each) => each.id),
      drafts.map((each) => each.order_id),
      drafts.map((each) => each.status),
      drafts.map((each) => each.channel),
      drafts.map((each) => each.priority),
      drafts.map((each) => each.waits_since),
      drafts.map((each) => each.due_at),
      drafts.map((each) => each.created_at),
      drafts.map((each) => each.updated_at),
      drafts.map((each) => each.occurred_at),
      drafts.map((each) => each.row_version),
      byteaArray(sealed),
      drafts.map((each) => each.kind),
      drafts.map((each) => each.topic),
    ],
  });
  if (rowCount !== drafts.length) throw new RetryTransaction('an erasure came between');
}

function answerOf({ ctx }: Writer, item: CaseWrite): NewMessage[] {
  if (item.answer === undefined) return [];
  return [
    {
      customer: item.customer,
      case: item.id,
      id: ctx.random.id(),
      kind: 'answer',
      by: null,
      sent: 'sent',
      text: item.answer,
      at: item.occurredAt,
    },
  ];
}
