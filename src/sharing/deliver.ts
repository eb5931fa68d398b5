/** Messages to recipients leave here: each on its own, tried again later and later, and given up after five days. */
import type { GateCtx } from '../gate/context.ts';
import {
  type DeliveryRow,
  markDelivered,
  markFailed,
  markGivenUp,
  openIdentities,
  readRecipient,
  takeDue,
} from '../vault/recipients.ts';
import { callOf } from './message.ts';
import { post } from './post.ts';
import { recipientSecrets } from './recipients.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After each try; the last one again and again. */
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];
const GIVE_UP_MS = 5 * 24 * HOUR_MS;
/** Longer than a call may take: after it, another node takes the message. */
const LEASE_MS = MINUTE_MS;
/** At one time, for one recipient. */
const EACH = 4;

/** Takes up to `most` messages that are due. Give each to `deliver`; a node that dies on the way leaves it to the others. */
export function takeMessages(ctx: GateCtx, most: number): Promise<DeliveryRow[]> {
  const now = ctx.clock.now();
  return takeDue(ctx.db, { now: new Date(now), until: new Date(now + LEASE_MS), most, each: EACH });
}

/** Sends one, at least once. What names the customer goes when it was taken, or given up. */
export async function deliver(ctx: GateCtx, delivery: DeliveryRow): Promise<void> {
  const status = await send(ctx, delivery);
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    if (status !== null && status >= 200 && status < 300) {
      await markDelivered(tx, delivery.id, status, new Date(now));
      return;
    }
    ctx.log.warn(
      { message: delivery.id, recipient: delivery.recipient_id, status },
      'a recipient was not told',
    );
    const wait = WAITS_MS[Math.min(delivery.tries, WAITS_MS.length) - 1]!;
    if (now + wait > delivery.made_at.getTime() + GIVE_UP_MS) await markGivenUp(tx, delivery.id, status);
    else await markFailed(tx, delivery.id, status, new Date(now + wait));
  });
}

async function send(ctx: GateCtx, delivery: DeliveryRow): Promise<number | null> {
  const recipient = await readRecipient(ctx.db, delivery.recipient_id);
  const identities = await openIdentities(ctx, ctx.db, delivery);
  const secrets = recipient === null ? null : await recipientSecrets(ctx, ctx.db, recipient);
  if (recipient === null || identities === null || secrets === null) return null;
  const { publicUrl } = ctx.config;
  const confirmAt = publicUrl === null ? null : `${publicUrl}/v1/acknowledgements/${delivery.id}`;
  const message = { delivery, recipient, identities, secrets, confirmAt, now: ctx.clock.now() };
  return post(ctx, callOf(message));
}
