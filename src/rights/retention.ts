/** Retention: what has been kept for as long as it may be kept goes, a page at a time. */
import type { Ctx, Transaction } from '../platform/ports.ts';
import { expireCenter } from '../vault/center.ts';
import {
  expireCallerChecks,
  expireMessages,
  expireQuarantined,
  expireRequests,
  expireTags,
  expireTombstones,
} from '../vault/expire.ts';
import { expireDeliveries } from '../vault/recipients.ts';
import { expireDrp } from './drp/sql.ts';
import { forgetExpired } from './journal.ts';

const DAY_MS = 86_400_000;
/** A messageId is taken once in this time (design, promise 4). */
const MESSAGE_DAYS = 90;
/** Records of requests are kept for 24 months (11 CCR 7101), and no longer. */
const REQUEST_DAYS = 731;
const PAGE = 5_000;

/** How many rows went. */
export interface Retired {
  readonly tombstones: number;
  readonly quarantined: number;
  readonly messages: number;
  readonly tags: number;
  readonly callerChecks: number;
  readonly requests: number;
  /** Sessions of customers, codes, and tokens that were used. */
  readonly signIns: number;
  /** What agents asked. */
  readonly agentRequests: number;
  /** What recipients were told. */
  readonly told: number;
}

/** Deletes what is over by the clock of `ctx`, in the journal of erasures too. Safe to run twice, and on several nodes at once. */
export async function retire(ctx: Ctx): Promise<Retired> {
  const now = new Date(ctx.clock.now());
  const taken = new Date(now.getTime() - MESSAGE_DAYS * DAY_MS);
  const answered = new Date(now.getTime() - REQUEST_DAYS * DAY_MS);
  // Failed ones count for a day.
  const yesterday = new Date(now.getTime() - DAY_MS);
  await forgetExpired(ctx);
  return {
    tombstones: await pages(ctx, (tx) => expireTombstones(tx, now, PAGE)),
    quarantined: await pages(ctx, (tx) => expireQuarantined(tx, now, PAGE)),
    messages: await pages(ctx, (tx) => expireMessages(tx, taken, PAGE)),
    callerChecks: await pages(ctx, (tx) => expireCallerChecks(tx, { now, before: yesterday, page: PAGE })),
    requests: await pages(ctx, (tx) => expireRequests(tx, answered, PAGE)),
    agentRequests: await pages(ctx, (tx) => expireDrp(tx, answered, PAGE)),
    told: await pages(ctx, (tx) => expireDeliveries(tx, answered, PAGE)),
    tags: await pages(ctx, (tx) => expireTags(tx, now, PAGE)),
    signIns: await ctx.db.transaction((tx) => expireCenter(tx, now)),
  };
}

/** Each page in a transaction of its own, so that no lock is held for long. */
async function pages(ctx: Ctx, page: (tx: Transaction) => Promise<number>): Promise<number> {
  let gone = 0;
  for (;;) {
    const some = await ctx.db.transaction(page);
    gone += some;
    if (some < PAGE) return gone;
  }
}
