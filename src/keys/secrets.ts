/**
 * The installation's own secrets (blind index, suppression) and the proof that the root at hand is the
 * right one. Secrets are wrapped like data keys and rewrapped with them.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { unwrap, type WrapPlace, wrap } from './hierarchy.ts';
import { insertEpoch, insertSecret, readEpochs, readSecrets, type SecretRow } from './sql.ts';

export const SECRET_NAMES = ['index', 'suppression'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
export type Secrets = Readonly<Record<SecretName, Buffer>>;

const held = new WeakMap<object, Secrets>();

export function secretPlace(name: string): WrapPlace {
  return { family: 'secret', owner: name, class: 0, version: 1 };
}

/** HMAC of a fixed text under the epoch key: tells whether two roots are the same, and nothing else. */
export function epochProof(key: Buffer): Buffer {
  return createHmac('sha256', key).update('bailee/epoch-proof/v1').digest();
}

/**
 * Called once at start. Throws `wrong_root_key` before anything is written when the root is not the one
 * that the keys in the database were made with; else makes what is missing and holds the secrets.
 */
export async function openSecrets(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await tx.query({ text: 'LOCK TABLE keys.secret, keys.epoch IN SHARE ROW EXCLUSIVE MODE' });
    // Another node may have rotated since the root was read.
    await ctx.root.refresh();
    await checkRoot(ctx, tx);
    const known = new Map((await readSecrets(tx)).map((row) => [row.name, row]));
    const secrets: Record<string, Buffer> = {};
    for (const name of SECRET_NAMES) secrets[name] = await openOne(ctx, tx, name, known.get(name));
    held.set(ctx.root, secrets as Secrets);
  });
}

async function openOne(ctx: Ctx, tx: Tx, name: SecretName, row: SecretRow | undefined): Promise<Buffer> {
  if (row !== undefined) return unwrap(ctx, row, secretPlace(name));
  const secret = ctx.random.bytes(32);
  await insertSecret(tx, { name, ...wrap(ctx, secret, secretPlace(name)) });
  return secret;
}

async function checkRoot(ctx: Ctx, tx: Tx): Promise<void> {
  const known = await readEpochs(tx);
  const alive = known.filter((row) => row.destroyed_at === null);
  const atHand = new Set(ctx.root.epochs());
  for (const row of alive)
    if (atHand.has(row.epoch) && !timingSafeEqual(row.proof, epochProof(ctx.root.epochKey(row.epoch))))
      throw wrongRoot();
  if (alive.length > 0 && !alive.some((row) => atHand.has(row.epoch))) throw wrongRoot();
  const current = ctx.root.currentEpoch();
  if (known.some((row) => row.epoch === current && row.retired_at !== null))
    throw new BaileeError(
      'wrong_root_key',
      'This root key was replaced by a rotation; nothing new may be sealed under it. Nothing was written. Use the newer one.',
    );
  if (!known.some((row) => row.epoch === current)) {
    // Only a root that also holds a known epoch may bring a new one.
    await insertEpoch(tx, current, epochProof(ctx.root.epochKey(current)), new Date(ctx.clock.now()));
  }
}

function wrongRoot(): BaileeError {
  return new BaileeError(
    'wrong_root_key',
    'The root key is not the one this database was sealed with. Nothing was written. Put the right key back and start again.',
  );
}

/** A secret, once `openSecrets` has run. */
export function secret(ctx: Ctx, name: SecretName): Buffer {
  const secrets = held.get(ctx.root);
  if (secrets === undefined) throw new BaileeError('internal', 'The secrets are not open yet.');
  return secrets[name];
}
