/** "May I?" without taking data: which of these customers may be used for a purpose, and why not the rest. */
import type { Purpose } from '../../contract/names.ts';
import { decide } from '../law/decide.ts';
import type { Reason } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Actor } from './actor.ts';
import type { GateCtx } from './context.ts';
import { customerFacts, gather } from './gather.ts';
import { rulesFor } from './rules-for.ts';

export interface AskInput {
  readonly actor: Actor;
  readonly customers: readonly string[];
  readonly purpose: Purpose;
  readonly channel?: string;
}

export interface Asked {
  readonly customer: string;
  readonly allowed: boolean;
  readonly because: readonly Reason[];
}

const MOST = 1000;

/**
 * Answers for up to 1,000 customers, in their order. A customer that is not of this store is not allowed.
 * The purpose is weighed as a job would act for it; nothing is opened, and so nothing is recorded. Throws `too_large`.
 */
export async function ask(ctx: GateCtx, input: AskInput): Promise<Asked[]> {
  if (input.customers.length > MOST)
    throw new BaileeError('too_large', `Ask for at most ${MOST} customers at once.`);
  const gathered = await ctx.db.transaction((tx) => gather(ctx, tx, [...new Set(input.customers)], []));
  return input.customers.map((customer) => {
    const cluster = gathered.clusters.get(customer);
    if (cluster === undefined || cluster.rows.some((row) => row.store_id !== input.actor.store))
      return { customer, allowed: false, because: [{ rule: 'customer.unknown', source: 'GDPR art. 25(2)' }] };
    const question = {
      purpose: input.purpose,
      evidence: null,
      customer: customerFacts(cluster, gathered.ring, input.channel),
      fields: [],
      policy: ctx.policy,
      ...rulesFor(ctx, cluster),
    };
    const { allowed, because } = decide({ ...question, role: 'job' });
    return { customer, allowed, because };
  });
}
