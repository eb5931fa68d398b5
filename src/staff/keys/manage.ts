/** Keys in the hands of an administrator: listed, made, changed for new ones, revoked. */
import type { Static } from 'typebox';
import type { Role } from '../../../contract/names.ts';
import type { KeyList } from '../../../contract/staff.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { alertWatchers } from '../alert.ts';
import type { By } from '../people/by.ts';
import { recordStaff } from '../record.ts';
import { type KeyKind, type MadeKey, makeKey } from './make.ts';

interface KeyRow {
  readonly id: string;
  readonly kind: 'server' | 'browser' | 'api';
  readonly role: Role | null;
  readonly label: string;
  readonly created_at: Date;
  readonly used_at: Date | null;
  readonly until: Date | null;
  readonly revoked_at: Date | null;
}

export async function listKeys(ctx: Ctx, store: string): Promise<Static<typeof KeyList>> {
  const { rows } = await ctx.db.query<KeyRow>({
    text: `SELECT id, kind, role, label, created_at, used_at, until, revoked_at FROM bailee.api_key
           WHERE store_id = $1 ORDER BY created_at DESC, id`,
    values: [store],
  });
  return {
    keys: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      role: row.role,
      label: row.label,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.used_at?.toISOString() ?? null,
      until: row.until?.toISOString() ?? null,
      revokedAt: row.revoked_at?.toISOString() ?? null,
    })),
  };
}

export interface NewKey {
  readonly by: By;
  readonly key: KeyKind;
  readonly label: string;
  readonly until: Date | null;
}

export async function newKey(ctx: Ctx, { by, key, label, until }: NewKey): Promise<MadeKey> {
  return ctx.db.transaction(async (tx) => {
    const made = await makeKey(ctx, tx, by.store, key, { label, until, madeBy: by.id });
    const details = { key: made.id, kind: key.kind, role: key.kind === 'api' ? key.role : null };
    await tellKey(ctx, tx, by, made.id, key.kind);
    await recordStaff(ctx, tx, { store: by.store, person: null, by: by.id, step: 'key-made', details });
    return made;
  });
}

/** A new secret of the same kind; the old one works on for `overlapMs`. Throws `not_found`. */
export async function rotateKey(
  ctx: Ctx,
  { by, id, overlapMs }: { readonly by: By; readonly id: string; readonly overlapMs: number },
): Promise<MadeKey> {
  return ctx.db.transaction(async (tx) => {
    const old = await usableKey(ctx, tx, by, id);
    const kind: KeyKind = old.kind === 'api' ? { kind: 'api', role: old.role! } : { kind: old.kind };
    const made = await makeKey(ctx, tx, by.store, kind, {
      label: old.label,
      until: old.until,
      madeBy: by.id,
    });
    const end = new Date(ctx.clock.now() + overlapMs);
    const until = old.until !== null && old.until < end ? old.until : end;
    await tx.query({ text: 'UPDATE bailee.api_key SET until = $2 WHERE id = $1', values: [id, until] });
    const details = { key: id, next: made.id };
    await tellKey(ctx, tx, by, made.id, kind.kind);
    await recordStaff(ctx, tx, { store: by.store, person: null, by: by.id, step: 'key-rotated', details });
    return made;
  });
}

/** An API key opens without training and without a second person, in a role that whoever holds its secret need not hold. */
async function tellKey(ctx: Ctx, tx: Transaction, by: By, key: string, kind: KeyKind['kind']): Promise<void> {
  if (kind !== 'api') return;
  await alertWatchers(ctx, tx, { kind: 'rights-given', store: by.store, person: by.id, subject: key });
}

/** Refused everywhere within five seconds. Throws `not_found`. */
export async function revokeKey(
  ctx: Ctx,
  { by, id }: { readonly by: By; readonly id: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await usableKey(ctx, tx, by, id);
    await tx.query({
      text: 'UPDATE bailee.api_key SET revoked_at = $2 WHERE id = $1',
      values: [id, new Date(ctx.clock.now())],
    });
    const details = { key: id };
    await recordStaff(ctx, tx, { store: by.store, person: null, by: by.id, step: 'key-revoked', details });
  });
}

async function usableKey(ctx: Ctx, tx: Transaction, { store }: By, id: string): Promise<KeyRow> {
  const { rows } = await tx.query<KeyRow>({
    text: `SELECT id, kind, role, label, created_at, used_at, until, revoked_at FROM bailee.api_key
           WHERE id = $1 AND store_id = $2 AND revoked_at IS NULL AND (until IS NULL OR until > $3) FOR UPDATE`,
    values: [id, store, new Date(ctx.clock.now())],
  });
  if (rows[0] === undefined)
    throw new BaileeError('not_found', 'There is no such key, or it no longer works.');
  return rows[0];
}
