/**
 * What a backup of the keys holds: wrapped keys, never an epoch key. It dies when the epochs it names are
 * destroyed. Tokens that must survive a restore (tombstones) travel in it sealed under the epoch, so that
 * they die with it.
 */
import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';
import type { RootProvider } from '../platform/key-ports.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { columns, type TableShape } from '../platform/table-rows.ts';
import { associated } from './associated.ts';
import { aesGcm } from './cipher.ts';
import { epochProof } from './secrets.ts';

export const KEY_TABLES: readonly TableShape[] = [
  {
    table: 'keys.epoch',
    columns: columns(
      'epoch integer, proof bytea, created_at timestamptz, retired_at timestamptz, destroyed_at timestamptz',
    ),
  },
  {
    table: 'keys.secret',
    columns: columns('name text, epoch integer, wrapped bytea, commitment bytea'),
  },
  {
    table: 'keys.row_key',
    columns: columns('id uuid, epoch integer, wrapped bytea, commitment bytea'),
  },
  {
    table: 'keys.data_key',
    columns: columns(
      'customer_id uuid, class smallint, version integer, epoch integer, wrapped bytea, commitment bytea, created_at timestamptz, shredded_at timestamptz',
    ),
  },
];

/**
 * Tells installations apart: the commitment of the index secret, which no rotation changes and which tells
 * nothing of the secret. Base64; null before the secrets were made.
 */
export async function installationMark(tx: Tx): Promise<string | null> {
  const { rows } = await tx.query<{ commitment: Buffer }>({
    text: "SELECT commitment FROM keys.secret WHERE name = 'index'",
  });
  return rows[0]?.commitment.toString('base64') ?? null;
}

/** An epoch that keys of a backup are wrapped under. */
export interface EpochUse {
  readonly epoch: number;
  /** Base64; tells whether a root is the same, and nothing else. */
  readonly proof: string;
  readonly keys: number;
}

/** The epochs that something is wrapped under now, and how much. */
export async function epochsInUse(tx: Tx): Promise<EpochUse[]> {
  const { rows } = await tx.query<{ epoch: number; proof: Buffer; keys: string }>({
    text: `SELECT e.epoch, e.proof, sum(u.keys) AS keys FROM keys.epoch e JOIN (
             SELECT epoch, count(*) AS keys FROM keys.data_key WHERE wrapped IS NOT NULL GROUP BY epoch
             UNION ALL SELECT epoch, count(*) FROM keys.row_key GROUP BY epoch
             UNION ALL SELECT epoch, count(*) FROM keys.secret GROUP BY epoch
           ) AS u ON u.epoch = e.epoch GROUP BY e.epoch, e.proof ORDER BY e.epoch`,
  });
  return rows.map((row) => ({
    epoch: row.epoch,
    proof: row.proof.toString('base64'),
    keys: Number(row.keys),
  }));
}

/**
 * Throws `epoch_destroyed` when a key of the backup can no longer be unwrapped, `wrong_root_key` when the
 * root at hand is of another installation. Nothing is written.
 */
export function checkEpochs(root: RootProvider, uses: readonly EpochUse[], takenAt: Date): void {
  const atHand = new Set(root.epochs());
  for (const { epoch, proof } of uses) {
    if (!atHand.has(epoch))
      throw new BaileeError(
        'epoch_destroyed',
        `The keys in this backup (of ${takenAt.toISOString().slice(0, 10)}) are wrapped under epoch ${epoch}, and the root at hand has no key for it: it was destroyed by a rotation, or belongs to another root. What it sealed cannot be read by anyone who lacks that key. Nothing was written. Take a keys backup from after the rotation.`,
        { epoch },
      );
    const known = Buffer.from(proof, 'base64');
    const expected = epochProof(root.epochKey(epoch));
    if (known.length !== expected.length || !timingSafeEqual(known, expected))
      throw new BaileeError(
        'wrong_root_key',
        'The root key at hand is not the one these keys were wrapped with. Nothing was written. Put the right key file (or BAILEE_ROOT_KEY) in place and restore again.',
        { epoch },
      );
  }
}

/** Empties the schema, to be filled from a backup in the same transaction. */
export async function emptyKeys(tx: Tx): Promise<void> {
  await tx.query({ text: 'TRUNCATE keys.epoch, keys.secret, keys.row_key, keys.data_key' });
}

/** Before the keys are replaced: remembers, for this transaction, what was shredded and which epochs are gone. */
export async function rememberShreds(tx: Tx): Promise<void> {
  await tx.query({
    text: `CREATE TEMP TABLE kept_shred ON COMMIT DROP AS
             SELECT customer_id, class, version, epoch, created_at, shredded_at FROM keys.data_key
             WHERE shredded_at IS NOT NULL`,
  });
  await tx.query({
    text: `CREATE TEMP TABLE kept_epoch ON COMMIT DROP AS SELECT * FROM keys.epoch`,
  });
}

/** After the keys were replaced: shreds again what was shredded, and tells of epochs what the backup could not know. */
export async function carryShreds(tx: Tx): Promise<void> {
  await tx.query({
    text: `INSERT INTO keys.data_key AS k (customer_id, class, version, epoch, created_at, shredded_at)
             SELECT customer_id, class, version, epoch, created_at, shredded_at FROM pg_temp.kept_shred
           ON CONFLICT (customer_id, class, version) DO UPDATE
             SET wrapped = NULL, commitment = NULL, shredded_at = excluded.shredded_at
             WHERE k.shredded_at IS NULL`,
  });
  await tx.query({
    text: `INSERT INTO keys.epoch AS e SELECT * FROM pg_temp.kept_epoch
           ON CONFLICT (epoch) DO UPDATE
             SET retired_at = coalesce(e.retired_at, excluded.retired_at),
                 destroyed_at = coalesce(e.destroyed_at, excluded.destroyed_at)`,
  });
}

/** Key of a use of its own, so that tokens and wrapped keys never share one. HKDF-SHA-256 (RFC 5869). */
function tokenKey(root: RootProvider, epoch: number): Buffer {
  return Buffer.from(
    hkdfSync('sha256', root.epochKey(epoch), Buffer.alloc(0), 'bailee/backup-tokens/v1', 32),
  );
}

function tokenPlace(backup: string, part: string): Buffer {
  return associated([Buffer.from('bailee/backup-tokens/v1'), Buffer.from(backup), Buffer.from(part)]);
}

/** Seals a page of tokens for the keys file: base64, under the current epoch, bound to the backup and the part. */
export function sealTokens(ctx: Pick<Ctx, 'root'>, backup: string, part: string, page: unknown): string {
  const key = tokenKey(ctx.root, ctx.root.currentEpoch());
  return aesGcm.encrypt(key, Buffer.from(JSON.stringify(page)), tokenPlace(backup, part)).toString('base64');
}

/** Opens a page that was sealed under `epoch`. Throws `invalid_backup` when it does not belong there. */
export function openTokens(
  ctx: Pick<Ctx, 'root'>,
  from: { readonly backup: string; readonly part: string; readonly epoch: number },
  sealed: string,
): unknown {
  const key = tokenKey(ctx.root, from.epoch);
  let opened: Buffer;
  try {
    opened = aesGcm.decrypt(key, Buffer.from(sealed, 'base64'), tokenPlace(from.backup, from.part));
  } catch (error) {
    throw new BaileeError(
      'invalid_backup',
      'The tokens in the keys file do not belong to it.',
      undefined,
      error,
    );
  }
  return JSON.parse(opened.toString());
}

export interface EpochFacts {
  readonly epoch: number;
  readonly createdAt: Date;
  readonly destroyedAt: Date | null;
  /** Data keys, row keys and secrets wrapped under it. */
  readonly keys: number;
}

/** All epochs ever, oldest first, and what is wrapped under each. For `bailee doctor`. */
export async function epochFacts(tx: Tx): Promise<EpochFacts[]> {
  const used = new Map((await epochsInUse(tx)).map((each) => [each.epoch, each.keys]));
  const { rows } = await tx.query<{ epoch: number; created_at: Date; destroyed_at: Date | null }>({
    text: 'SELECT epoch, created_at, destroyed_at FROM keys.epoch ORDER BY created_at, epoch',
  });
  return rows.map((row) => ({
    epoch: row.epoch,
    createdAt: row.created_at,
    destroyedAt: row.destroyed_at,
    keys: used.get(row.epoch) ?? 0,
  }));
}
