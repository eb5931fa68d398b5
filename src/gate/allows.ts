/** Whether a customer may be used for one of several purposes, as a job would act for it. */
import type { Purpose } from '../../contract/names.ts';
import type { KeyRing } from '../keys/ring.ts';
import { decide } from '../law/decide.ts';
import type { GateCtx } from './context.ts';
import { type Cluster, customerFacts } from './gather.ts';
import { rulesFor } from './rules-for.ts';

export function allowsOne(
  ctx: GateCtx,
  cluster: Cluster,
  ring: KeyRing,
  purposes: readonly Purpose[],
): boolean {
  const question = {
    role: 'job' as const,
    evidence: null,
    customer: customerFacts(cluster, ring),
    fields: [],
    policy: ctx.policy,
    ...rulesFor(ctx, cluster.rows),
  };
  return purposes.some((purpose) => decide({ ...question, purpose }).allowed);
}
