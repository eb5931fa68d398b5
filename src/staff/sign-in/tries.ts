/**
 * Wrong tries. They are counted where they come from, so that one person's typing errors do not lock out an office
 * behind one address, and somebody far away must try fifty times before an account waits an hour; a passkey still
 * opens it then. A try is counted before it is judged, so that many at once gain nothing; a right one is taken back.
 */
import { triesToken } from '../../keys/blind.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';

const MINUTE = 60_000;

export interface Limit {
  readonly who: string;
  readonly most: number;
  readonly windowMs: number;
}

export interface Trying {
  /** Normalized address, or a person's id: what is tried. */
  readonly account: string;
  /** Where from: the /24 of an IPv4 address, the /64 of an IPv6 one. */
  readonly network: string;
}

function limitsOf({ account, network }: Trying): readonly Limit[] {
  return [
    // First: a network that is stopped leaves no more rows behind, whatever accounts it makes up.
    { who: `network/${network}`, most: 300, windowMs: 15 * MINUTE },
    { who: `both/${account}/${network}`, most: 5, windowMs: 15 * MINUTE },
    { who: `account/${account}`, most: 50, windowMs: 60 * MINUTE },
  ];
}

/** Counts a try. Throws `too_many_tries` when there were too many. Committed by itself: what fails later still counts. */
export function countTry(ctx: Ctx, trying: Trying): Promise<void> {
  return countWithin(ctx, limitsOf(trying));
}

/** The same within limits of one's own, in their order. */
export async function countWithin(ctx: Ctx, limits: readonly Limit[]): Promise<void> {
  const now = new Date(ctx.clock.now());
  for (const { who, most, windowMs } of limits) {
    const { rows } = await ctx.db.query<{ count: number; since: Date }>({
      name: 'try_count',
      text: `INSERT INTO bailee.sign_in_try AS t (who, since, count) VALUES ($1, $2, 1)
             ON CONFLICT (who) DO UPDATE SET
               since = CASE WHEN t.since <= $3 THEN excluded.since ELSE t.since END,
               count = CASE WHEN t.since <= $3 THEN 1 ELSE t.count + 1 END
             RETURNING count, since`,
      values: [triesToken(ctx, who), now, new Date(now.getTime() - windowMs)],
    });
    const { count, since } = rows[0]!;
    if (count <= most) continue;
    const minutes = Math.max(1, Math.ceil((since.getTime() + windowMs - now.getTime()) / MINUTE));
    throw new BaileeError('too_many_tries', `Too many wrong tries. Try again in ${minutes} minutes.`, {
      minutes,
    });
  }
}

/** Takes a right try back. */
export async function forgiveTry(ctx: Ctx, tx: Tx, trying: Trying): Promise<void> {
  const [network, both, account] = limitsOf(trying).map(({ who }) => triesToken(ctx, who));
  await tx.query({ text: 'DELETE FROM bailee.sign_in_try WHERE who = $1', values: [both] });
  await tx.query({
    text: 'UPDATE bailee.sign_in_try SET count = greatest(count - 1, 0) WHERE who = ANY($1)',
    values: [[account, network]],
  });
}

/** Counts that no limit looks at any more. */
export async function forgetTries(ctx: Ctx, tx: Tx): Promise<void> {
  await tx.query({
    text: 'DELETE FROM bailee.sign_in_try WHERE since < $1',
    values: [new Date(ctx.clock.now() - 24 * 60 * MINUTE)],
  });
}
