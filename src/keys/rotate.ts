/**
 * Rotation: a new epoch, every key rewrapped, the old epoch destroyed. It rewrites no data, and it can be
 * stopped and run again: what is already rewrapped is not touched twice. Once the old epoch is destroyed,
 * every older backup of the key schema is dead.
 */
import type { Ctx } from '../platform/ports.ts';
import { keyCache, unwrap, wrap } from './hierarchy.ts';
import { epochProof, secretPlace } from './secrets.ts';
import {
  insertEpoch,
  markEpochDestroyed,
  readEpochs,
  readSecrets,
  retireOthers,
  staleKeys,
  staleRowKeys,
  storeRewrapped,
  updateRowKey,
  updateSecret,
} from './sql.ts';

const PAGE = 1000;

export interface Rotation {
  readonly epoch: number;
  readonly rewrapped: number;
  /** Epochs whose keys were destroyed. */
  readonly destroyed: readonly number[];
}

/** Rotates to a new epoch (or finishes one that was begun). `onProgress` gets the number rewrapped so far. */
export async function rotate(
  ctx: Ctx,
  onProgress: (rewrapped: number) => void = () => undefined,
): Promise<Rotation> {
  const unfinished = ctx.root.epochs().length > 1;
  const epoch = unfinished ? ctx.root.currentEpoch() : await ctx.root.advance();
  await ctx.db.transaction((tx) =>
    insertEpoch(tx, epoch, epochProof(ctx.root.epochKey(epoch)), new Date(ctx.clock.now())),
  );
  let rewrapped = await rewrapAll(ctx, epoch, onProgress);
  await ctx.db.transaction((tx) => retireOthers(tx, epoch, new Date(ctx.clock.now())));
  // What was inserted under the old epoch before it was retired.
  rewrapped += await rewrapAll(ctx, epoch, onProgress);
  keyCache(ctx).clear();
  return { epoch, rewrapped, destroyed: await destroyOthers(ctx, epoch) };
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
    const keys = await staleKeys(tx, epoch, PAGE);
    const fresh = keys.map((row) => {
      const place = { family: 'data', owner: row.customer_id, class: row.class, version: row.version };
      const { wrapped, commitment } = wrap(ctx, unwrap(ctx, row, place), place, epoch);
      return { customer: row.customer_id, class: row.class, version: row.version, wrapped, commitment };
    });
    if (fresh.length > 0) await storeRewrapped(tx, epoch, fresh);
    const rows = await staleRowKeys(tx, epoch, PAGE);
    for (const row of rows) {
      const place = { family: 'row', owner: row.id, class: 0, version: 1 };
      await updateRowKey(tx, { id: row.id, ...wrap(ctx, unwrap(ctx, row, place), place, epoch) });
    }
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
  const destroyed: number[] = [];
  for (const row of await readEpochs(ctx.db)) {
    if (row.epoch === epoch || row.destroyed_at !== null) continue;
    // The database is told last: after a crash in between, the next run destroys what is already gone again.
    await ctx.root.destroy(row.epoch);
    await markEpochDestroyed(ctx.db, row.epoch, new Date(ctx.clock.now()));
    destroyed.push(row.epoch);
  }
  for (const left of ctx.root.epochs()) if (left !== epoch) await ctx.root.destroy(left);
  return destroyed;
}
