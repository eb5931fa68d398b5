/** Who looked at a customer: entries of their ledger, opened one page at a time. Reading them is recorded too. */
import type { Purpose, Role } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Opener } from '../vault/read.ts';
import { openEntry } from '../vault/read.ts';
import { type EntryRow, readEntries } from '../vault/sql.ts';
import type { Caller } from './actor.ts';
import { openerFor } from './answer.ts';
import { type AtWork, atWork, needOpen, recordWork, weighEvidence, weighWork } from './at-work.ts';
import type { GateCtx } from './context.ts';
import { type Evidence, evidenceEntry } from './evidence.ts';
import { needStanding, OVERSEERS, oversees } from './watchers.ts';

/** Others who may see that, when and in which role a customer of their case was looked at. */
const AGENTS: readonly Role[] = ['support', 'order-desk'];

/** Kinds of entries that tell of a look, or of a step towards one. */
export const LOOKS: readonly string[] = [
  'opening',
  'opening-refused',
  'approval',
  'break-glass',
  'looked',
  'tag',
  'caller-check',
  'case',
];
const MOST = 200;

export interface LookedInput {
  readonly actor: Caller;
  readonly customer: string;
  /** For overseers none is needed. */
  readonly purpose?: Purpose;
  readonly evidence: Evidence | null;
  /** Id of the last look of the page before. */
  readonly after?: string;
  /** 1 to 200. */
  readonly limit?: number;
}

export interface By {
  readonly type: string;
  /** Null to those who are no overseers. */
  readonly id: string | null;
  readonly role: string | null;
}

export interface Look {
  readonly id: string;
  readonly ledgerIndex: number | null;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: string;
  readonly step: string | null;
  readonly actor: By;
  readonly purpose: string | null;
  readonly evidence: string | null;
  readonly revealed: readonly string[];
  readonly masked: readonly string[];
  readonly timeline: { readonly orders: number; readonly cases: number; readonly events: number } | null;
}

export interface Looked {
  readonly looks: readonly Look[];
  /** For the next page; null on the last. */
  readonly after: string | null;
}

/**
 * Newest first. Throws `not_found`, `forbidden`, `person_known`, `training_required`, and for agents what an opening
 * for their purpose and evidence would throw.
 */
export async function looked(ctx: GateCtx, input: LookedInput): Promise<Looked> {
  const { actor, customer } = input;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), MOST);
  const purpose = purposeFor(input);
  const { rows, cluster, gathered } = await atWork(ctx, { actor, customer, purpose }, async (at) => {
    const evidence = await needAllowed(ctx, at, input, purpose);
    const page = { kinds: LOOKS, after: input.after ?? null, limit: limit + 1 };
    const found = await readEntries(at.tx, [...at.cluster.members], page);
    await recordWork(ctx, at.tx, at.gathered.ring, at.cluster.root, {
      kind: 'looked',
      actor,
      details: { purpose, evidence },
    });
    return { rows: found, cluster: at.cluster, gathered: at.gathered };
  });
  const opener = openerFor(ctx, actor.store, { cluster, gathered }, [COLUMNS.opening]);
  const shown = rows.slice(0, limit);
  return {
    looks: shown.flatMap((row) => lookOf(opener, row, oversees(actor))),
    after: rows.length > limit ? shown.at(-1)!.id : null,
  };
}

/** Overseers act for the duty to show that data is used lawfully (GDPR art. 5(2)). */
function purposeFor({ actor, purpose }: LookedInput): Purpose {
  if (oversees(actor)) return 'legal-duty';
  if (!AGENTS.includes(actor.role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles: [...AGENTS, ...OVERSEERS] });
  if (purpose === undefined)
    throw new BaileeError('evidence_required', 'Name a purpose, and the case or order that it serves.');
  return purpose;
}

/** How the entry names the evidence. */
async function needAllowed(ctx: GateCtx, at: AtWork, { actor, evidence }: LookedInput, purpose: Purpose) {
  if (oversees(actor)) {
    if (at.conditions !== null) needStanding(at.conditions);
    // None is asked for; what is named must hold all the same.
    const named = await weighEvidence(ctx, at, actor.store, evidence);
    if (named.found?.holds === false)
      throw new BaileeError(
        'evidence_mismatch',
        'The evidence does not exist, is closed, or is not of this customer.',
      );
    return evidenceEntry(named);
  }
  const { decision, weighed } = await weighWork(ctx, at, { actor, purpose, evidence });
  needOpen(decision);
  return evidenceEntry(weighed);
}

interface Told {
  readonly step?: string;
  readonly actor?: { readonly type?: string; readonly id?: string; readonly role?: string };
  readonly purpose?: string;
  readonly evidence?: { readonly kind?: string } | string | null;
  readonly fields?: Readonly<Record<string, string>> | readonly string[];
  readonly timeline?: Look['timeline'];
}

/** What is left of an erased customer's entries cannot be opened, and is not there. */
export function lookOf(opener: Opener, row: EntryRow, named: boolean): Look[] {
  const entry = openEntry(opener, row) as Told | null;
  if (entry === null) return [];
  const { actor = {}, evidence = null, fields = {} } = entry;
  const states = Array.isArray(fields) ? [] : Object.entries(fields as Readonly<Record<string, string>>);
  const those = (state: string) => states.filter(([, each]) => each === state).map(([name]) => name);
  return [
    {
      id: row.id,
      ledgerIndex: row.ledger_index === null ? null : Number(row.ledger_index),
      at: row.occurred_at.toISOString(),
      kind: row.kind,
      step: entry.step ?? null,
      actor: {
        type: actor.type ?? 'unknown',
        id: named ? (actor.id ?? null) : null,
        role: actor.role ?? null,
      },
      purpose: entry.purpose ?? null,
      evidence: typeof evidence === 'string' ? evidence : (evidence?.kind ?? null),
      revealed: those('revealed'),
      masked: those('masked'),
      timeline: entry.timeline ?? null,
    },
  ];
}
