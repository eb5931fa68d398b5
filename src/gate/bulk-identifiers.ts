/**
 * Identifiers as they were given, for one job: building the blind indexes again after a restore (the duty to
 * restore availability, GDPR art. 32(1)(c)). They leave this process only as tokens, and those become visible
 * in the very transaction that records the batch.
 */
import { IDENTIFIER_KINDS, type IdentifierKind, type RetentionClass } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { FieldFacts } from '../law/types.ts';
import type { Transaction } from '../platform/ports.ts';
import { makeGrant } from '../vault/grant.ts';
import { openIdentifier } from '../vault/read.ts';
import type { IdentifierRow } from '../vault/rows.ts';
import { pageOfCustomers, readIdentifiers } from '../vault/sql.ts';
import type { Actor } from './actor.ts';
import { allowedOf, recordBatch } from './bulk.ts';
import type { GateCtx } from './context.ts';
import { type Gathered, gather } from './gather.ts';

export interface OpenedIdentifier {
  readonly customer: string;
  readonly kind: IdentifierKind;
  readonly verified: boolean;
  /** Normalized, as it was when it was taken. */
  readonly value: string;
  /** Of an order or case number: the row it names. */
  readonly target: string | null;
}

const PURPOSE = 'legal-duty';
const WHAT = 'account.identifiers';
const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Order and case numbers are kept as long as what they name. */
const RETENTION: Readonly<Record<IdentifierKind, RetentionClass>> = {
  userId: 'identity',
  anonymousId: 'identity',
  email: 'identity',
  phone: 'identity',
  order: 'commerce',
  case: 'service',
};
const KINDS: ReadonlyMap<number, IdentifierKind> = new Map(
  Object.entries(IDENTIFIER_KINDS).map(([kind, number]) => [number, kind as IdentifierKind]),
);

function facts(retention: RetentionClass): FieldFacts {
  return {
    name: WHAT,
    class: 'account',
    sensitivity: 'ordinary',
    purposes: [PURPOSE],
    retention,
    maskable: false,
  };
}

/** All identifiers of a store that can still be opened, a page of customers at a time, inside the caller's transaction. */
export async function* bulkIdentifiers(
  ctx: GateCtx,
  tx: Transaction,
  actor: Actor & { type: 'job' },
): AsyncGenerator<OpenedIdentifier[]> {
  let after = FIRST;
  for (;;) {
    const page = await pageOfCustomers(tx, actor.store, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    yield await takePage(ctx, tx, actor, page);
  }
}

async function takePage(
  ctx: GateCtx,
  tx: Transaction,
  actor: Actor & { type: 'job' },
  page: readonly string[],
): Promise<OpenedIdentifier[]> {
  const rows = await readIdentifiers(tx, page);
  const customers = [...new Set(rows.map((row) => row.customer_id))];
  if (customers.length === 0) return [];
  const gathered = await gather(ctx, tx, customers, []);
  await recordBatch(ctx, tx, actor, PURPOSE, WHAT, customers);
  return openIdentifiers(ctx, gathered, actor, rows);
}

/** Those of the rows that may be opened for the legal duty. That they are must be recorded in this transaction. */
export function openIdentifiers(
  ctx: GateCtx,
  gathered: Gathered,
  actor: Actor & { type: 'job' },
  rows: readonly IdentifierRow[],
): OpenedIdentifier[] {
  const openers = new Map(
    [...new Set(Object.values(RETENTION))].map((retention) => [
      retention,
      {
        ctx,
        store: actor.store,
        ring: gathered.ring,
        grant: makeGrant(allowedOf(ctx, gathered, actor, PURPOSE, facts(retention)), [COLUMNS.identifier]),
      },
    ]),
  );
  const opened: OpenedIdentifier[] = [];
  for (const row of rows) {
    const kind = KINDS.get(row.kind);
    const opener = kind === undefined ? undefined : openers.get(RETENTION[kind])!;
    if (kind === undefined || !opener?.grant.customers.has(row.customer_id)) continue;
    const content = openIdentifier(opener, row) as { value: string; target: string | null } | null;
    if (content !== null)
      opened.push({
        customer: row.customer_id,
        kind,
        verified: row.verified,
        value: content.value,
        target: content.target,
      });
  }
  return opened;
}
