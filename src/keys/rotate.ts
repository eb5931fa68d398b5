/**
 * Rotation: a new epoch, every key rewrapped, the old epoch destroyed. It rewrites no data, and it can be
 * stopped and run again: what is already rewrapped is not touched twice. Once the old epoch is destroyed,
 * every older backup of the key schema is dead. Two nodes may rotate at once: they finish the same epoch, and
 * one that was overtaken by a later rotation stops before it can wrap anything under an epoch about to go.
 */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { keyCache, unwrap, wrap } from './hierarchy.ts';
import { epochProof, secretPlace } from './secrets.ts';
import {
  insertEpoch,
  isRetired,
  lockEpochs,
  markEpochDestroyed,
  readEpochs,
  readSecrets,
  retireOthers,
  staleKeys,
  staleRowKeys,
  storeRewrapped,
  updateRowKeys,
  updateSecret,
} from './sql.ts';

const PAGE = 1000;

export interface Rotation {
  readonly epoch: number;
  readonly rewrapped: number;
  /** Epochs whose keys were destroyed. */
  readonly destroyed: readonly number[];
}

/**
 * Rotates to a new epoch (or finishes one that was begun). `onProgress` gets the number rewrapped so far.
 * Throws `conflict` when another node has begun a later rotation.
 */
export async function rotate(
  ctx: Ctx,
  onProgress: (rewrapped: number) => void = () => undefined,
): Promise<Rotation> {
  const epoch = await begin(ctx);
  const rewrapped = await rewrapAll(ctx, epoch, onProgress);
  keyCache(ctx).clear();
  return { epoch, rewrapped, destroyed: await destroyOthers(ctx, epoch) };
}

/**
 * Makes the new epoch and closes the others to new keys. That comes before the rewrapping: nodes that run
 * on would else add to the old epoch for as long as the rewrapping takes, and it might never end.
 */
async function begin(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    await lockEpochs(tx);
    await ctx.root.refresh();
    const unfinished = ctx.root.epochs().length > 1;
    const epoch = unfinished ? ctx.root.currentEpoch() : await ctx.root.advance();
    const at = new Date(ctx.clock.now());
    await insertEpoch(tx, epoch, epochProof(ctx.root.epochKey(epoch)), at);
    if (await isRetired(tx, epoch)) throw overtaken();
    await retireOthers(tx, epoch, at);
    return epoch;
  });
}

function overtaken(): BaileeError {
  return new BaileeError(
    'conflict',
    'Another node has begun a later rotation. Nothing is lost; that one goes on.',
  );
}

async function rewrapAll(ctx: Ctx, epoch: number, onProgress: (rewrapped: number) => void): Promise<number> {
  let rewrapped = 0;
  for (;;) {
    const done = await rewrapPage(ctx, epoch);
    if (done === 0) return rewrapped;
    rewrapped += done;
    onProgress(rewrapped);
  }
}

async function rewrapPage(ctx: Ctx, epoch: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    if (await isRetired(tx, epoch)) throw overtaken();
    const keys = await staleKeys(tx, epoch, PAGE);
    const fresh = keys.map((row) => {
      const place = { family: 'data', owner: row.customer_id, class: row.class, version: row.version };
      const { wrapped, commitment } = wrap(ctx, unwrap(ctx, row, place), place, epoch);
      return { customer: row.customer_id, class: row.class, version: row.version, wrapped, commitment };
    });
    if (fresh.length > 0) await storeRewrapped(tx, epoch, fresh);
    const rows = await staleRowKeys(tx, epoch, PAGE);
    const freshRows = rows.map((row) => {
      const place = { family: 'row', owner: row.id, class: 0, version: 1 };
      return { id: row.id, ...wrap(ctx, unwrap(ctx, row, place), place, epoch) };
    });
    if (freshRows.length > 0) await updateRowKeys(tx, epoch, freshRows);
    let secrets = 0;
    for (const row of await readSecrets(tx)) {
      if (row.epoch === epoch) continue;
      const place = secretPlace(row.name);
      await updateSecret(tx, { name: row.name, ...wrap(ctx, unwrap(ctx, row, place), place, epoch) });
      secrets += 1;
    }
    return fresh.length + rows.length + secrets;
  });
}

async function destroyOthers(ctx: Ctx, epoch: number): Promise<number[]> {
  return ctx.db.transaction(async (tx) => {
    await lockEpochs(tx);
    await ctx.root.refresh();
    if (ctx.root.currentEpoch() !== epoch || (await isRetired(tx, epoch))) throw overtaken();
    const destroyed: number[] = [];
    for (const row of await readEpochs(tx)) {
      if (row.epoch === epoch || row.destroyed_at !== null) continue;
      // The database is told last: after a crash in between, the next run destroys what is already gone again.
      await ctx.root.destroy(row.epoch);
      await markEpochDestroyed(tx, row.epoch, new Date(ctx.clock.now()));
      destroyed.push(row.epoch);
    }
    for (const left of ctx.root.epochs()) if (left !== epoch) await ctx.root.destroy(left);
    return destroyed;
  });
}
