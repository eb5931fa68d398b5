/**
 * Replaying erasures after a restore: whoever was erased, by the word of the database that was here, of the
 * backup or of a journal, is erased again before anyone can ask.
 */
import { shredKeys } from '../keys/sql.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import {
  type ErasureRow,
  eraseAgain,
  keepReplayed,
  liftAgain,
  pageOfErasures,
  putTombstones,
  tellErasures,
} from '../vault/rebuild.ts';
import { type JournaledErasure, type JournaledLift, readJournal } from './journal.ts';

export interface Replayed {
  /** Erasures that were replayed, from wherever they are known. */
  readonly erasures: number;
  /** Of these, the ones that only a journal knew. */
  readonly fromJournals: number;
  /** Lines of journals that could not be read. */
  readonly unreadable: number;
}

/** Replays the journals and every erasure in the table, in the restore's transaction. */
export async function replay(ctx: Ctx, tx: Tx, journals: readonly string[]): Promise<Replayed> {
  const { lifts, unreadable } = await readLifts(journals);
  for (const lift of lifts) await liftAgain(tx, lift.store, lift.token, new Date(lift.at));
  let fromJournals = 0;
  for (const path of journals)
    for await (const entry of readJournal(path))
      if ('erasure' in entry && (await keepFromJournal(ctx, tx, entry.erasure, lifts))) fromJournals += 1;
  const erasures = await eraseAll(ctx, tx);
  await tellErasures(tx);
  return { erasures, fromJournals, unreadable };
}

async function readLifts(
  journals: readonly string[],
): Promise<{ lifts: JournaledLift[]; unreadable: number }> {
  const lifts: JournaledLift[] = [];
  let unreadable = 0;
  for (const path of journals)
    for await (const entry of readJournal(path))
      if ('lift' in entry) lifts.push(entry.lift);
      else if ('unreadable' in entry) unreadable += 1;
  return { lifts, unreadable };
}

/** Tombstones that were lifted since stay lifted: a returning buyer must not be locked out again. */
async function keepFromJournal(
  ctx: Ctx,
  tx: Tx,
  erasure: JournaledErasure,
  lifts: readonly JournaledLift[],
): Promise<boolean> {
  if (!(await keepReplayed(tx, erasure))) return false;
  const lifted = lifts.some(
    (lift) =>
      lift.store === erasure.store &&
      lift.at >= erasure.at &&
      erasure.tombstones.some((token) => token.equals(lift.token)),
  );
  if (!lifted) await putTombstones(ctx, tx, erasure, erasure.tombstones);
  return true;
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

async function eraseAll(ctx: Ctx, tx: Tx): Promise<number> {
  const at = new Date(ctx.clock.now());
  let after = FIRST;
  let erasures = 0;
  for (;;) {
    const page = await pageOfErasures(tx, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return erasures;
    after = last.id;
    erasures += page.length;
    for (const { customers, classes } of byClasses(page)) await shredKeys(tx, customers, classes, at);
    await eraseAgain(
      tx,
      page.flatMap((each) => each.customers),
      at,
    );
  }
}

/** Erasures of the same classes go together: one statement instead of hundreds. */
function byClasses(page: readonly ErasureRow[]): { customers: string[]; classes: number[] }[] {
  const groups = new Map<string, { customers: string[]; classes: number[] }>();
  for (const { customers, classes } of page) {
    const name = [...classes].sort().join();
    const group = groups.get(name) ?? { customers: [], classes };
    group.customers.push(...customers);
    groups.set(name, group);
  }
  return [...groups.values()];
}
