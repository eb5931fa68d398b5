/** Quarantine: events that could not be stored, sealed under a key of their own row, findable by erasure, gone after 14 days. */
import type { IdentifierKind } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { GateCtx } from '../gate/context.ts';
import { COLUMNS } from '../keys/columns.ts';
import { INSTALLATION } from '../keys/ring.ts';
import { makeRowKey, openRowKeys } from '../keys/row-key.ts';
import { seal, unseal } from '../keys/seal.ts';
import { deleteRowKeys } from '../keys/sql.ts';
import { byteaArray } from '../platform/binary-array.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import type { Fault } from './message.ts';
import type { Named, Names } from './people.ts';
import { scrub } from './scrub.ts';
import type { Source } from './types.ts';

const KEPT_MS = 14 * 86_400_000;

/** Identifiers by the names that senders give them, without case and signs. */
const KINDS_BY_NAME: ReadonlyMap<string, readonly IdentifierKind[]> = new Map([
  ['userid', ['userId']],
  ['anonymousid', ['anonymousId']],
  ['previousid', ['userId', 'anonymousId']],
  ['email', ['email']],
  ...['phone', 'contactphone', 'mobile', 'telephone', 'phonenumber', 'mobilephone'].map(
    (name) => [name, ['phone']] as [string, IdentifierKind[]],
  ),
  ['orderid', ['order']],
  ['ticketid', ['case']],
] as [string, readonly IdentifierKind[]][]);
const MOST_NAMES = 32;
const MOST_VALUES = 4_000;
const LONGEST_NAME = 64;

/** Identifiers inside a payload, however deep: by them an erasure finds the row. At most 32. */
export function namesIn(names: Names, raw: unknown, country: string | null): Named[] {
  const found = new Set<Named>();
  const add = (kind: IdentifierKind, value: unknown) => {
    const normalized = normalizeIdentifier(kind, value, country);
    if (normalized.ok && found.size < MOST_NAMES) found.add(names.of(kind, normalized.value));
  };
  const waiting: { name: string; value: unknown }[] = [{ name: '', value: raw }];
  // From the outside in: what stands where Segment puts it comes first.
  for (let at = 0; at < waiting.length && found.size < MOST_NAMES; at += 1) {
    const { name, value } = waiting[at]!;
    if (typeof value === 'object' && value !== null) {
      for (const [inner, item] of Object.entries(value)) {
        if (waiting.length >= MOST_VALUES) break;
        waiting.push({ name: inner, value: item });
      }
      continue;
    }
    const word = name.length > LONGEST_NAME ? '' : name.toLowerCase().replace(/[^a-z]/g, '');
    for (const kind of KINDS_BY_NAME.get(word) ?? []) add(kind, value);
    if (typeof value === 'string' && value.includes('@')) add('email', value);
  }
  return [...found];
}

/** Keeps a faulty event. What held a full card number is kept without its content. */
export async function quarantine(
  ctx: GateCtx,
  tx: Transaction,
  source: Source,
  fault: Fault,
  tokens: readonly Named[],
): Promise<void> {
  const id = ctx.random.id();
  const receivedAt = fault.receivedAt ?? ctx.clock.now();
  const key = await makeRowKey(ctx, tx, id);
  const content = fault.code === 'card_number' ? null : scrub(fault.raw);
  tx.later({
    name: 'quarantine_keep',
    text: `INSERT INTO bailee.quarantine (id, store_id, source, code, message, tokens, sealed, received_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      id,
      source.store,
      source.kind,
      fault.code,
      fault.message,
      byteaArray(tokens.map((each) => each.token.token)),
      seal(ctx.cipher, key, place(id, source.store), content),
      new Date(receivedAt),
      new Date(receivedAt + KEPT_MS),
    ],
  });
}

function place(id: string, store: string) {
  return { store, customer: INSTALLATION, row: id, rowVersion: 1, field: COLUMNS.quarantine };
}

export interface QuarantinedRow {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly source: string;
  readonly receivedAt: string;
  readonly expiresAt: string;
}

/** A page of a store's quarantine, oldest first, without content. `limit` 1 to 500. */
export async function listQuarantine(
  ctx: Ctx,
  store: string,
  page: { after?: string; limit?: number } = {},
): Promise<{ items: QuarantinedRow[]; next: string | null }> {
  const limit = Math.min(Math.max(page.limit ?? 100, 1), 500);
  const { rows } = await ctx.db.query<{
    id: string;
    code: string;
    message: string;
    source: string;
    received_at: Date;
    expires_at: Date;
  }>({
    name: 'quarantine_list',
    text: `SELECT id, code, message, source, received_at, expires_at FROM bailee.quarantine
           WHERE store_id = $1 AND ($2::uuid IS NULL OR id > $2) AND expires_at > $4 ORDER BY id LIMIT $3`,
    values: [store, page.after ?? null, limit, new Date(ctx.clock.now())],
  });
  const items = rows.map((row) => ({
    id: row.id,
    code: row.code,
    message: row.message,
    source: row.source,
    receivedAt: row.received_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
  return { items, next: items.length === limit ? items.at(-1)!.id : null };
}

export interface Taken {
  readonly id: string;
  readonly source: Source['kind'];
  readonly raw: unknown;
  /** UTC milliseconds: a row that goes back does not stay any longer. */
  readonly receivedAt: number;
}

/** Takes rows out of quarantine, with their content; those that fail again are put back by the caller. */
export async function takeOut(
  ctx: GateCtx,
  tx: Transaction,
  store: string,
  ids: readonly string[] | null,
): Promise<Taken[]> {
  const { rows } = await tx.query<{ id: string; source: Source['kind']; sealed: Buffer; received_at: Date }>({
    name: 'quarantine_take',
    text: `DELETE FROM bailee.quarantine WHERE id IN (
             SELECT id FROM bailee.quarantine WHERE store_id = $1 AND ($2::uuid[] IS NULL OR id = ANY($2)) AND expires_at > $3
             AND code <> 'card_number' ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED) RETURNING id, source, sealed, received_at`,
    values: [store, ids, new Date(ctx.clock.now())],
  });
  const keys = await openRowKeys(
    ctx,
    tx,
    rows.map((row) => row.id),
  );
  await deleteRowKeys(
    tx,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const key = keys.get(row.id);
    if (key === undefined) return [];
    const raw = unseal(ctx.cipher, key, place(row.id, store), row.sealed);
    return [{ id: row.id, source: row.source, raw, receivedAt: row.received_at.getTime() }];
  });
}
