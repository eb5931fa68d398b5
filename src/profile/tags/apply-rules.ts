/** Tags that a rule gives: counted from rows, nothing is opened. A tag of somebody for whom the rule holds no more ends by itself. */

import { allowsOne } from '../../gate/allows.ts';
import { recordWorkSoon } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { gather } from '../../gate/gather.ts';
import { pageOfRule, readRules, type TagRow, type TagRuleRow, writeGiven } from '../../vault/tags.ts';

const DAY = 86_400_000;
/** Counting reads all orders of the store, so much of its answer is taken at once. */
const COUNTED = 10_000;
/** Given in a transaction. */
const PAGE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

type Ruled = TagRow & { readonly rule: TagRuleRow };

/** Gives every tag that a rule gives, in all stores; answers how many were given or renewed. Safe to run twice. */
export async function applyRules(ctx: GateCtx): Promise<{ readonly tagged: number }> {
  let tagged = 0;
  for (const tag of await readRules(ctx.db)) tagged += await applyRule(ctx, tag as Ruled);
  return { tagged };
}

async function applyRule(ctx: GateCtx, tag: Ruled): Promise<number> {
  const now = ctx.clock.now();
  const since = new Date(now - tag.rule.withinDays * DAY);
  // Renewed when half its days are over, so that the ledger does not grow every night.
  const renewed = new Date(now - (tag.days * DAY) / 2);
  let after = FIRST;
  let given = 0;
  for (;;) {
    const page = { now: new Date(now), since, renewed, after, limit: COUNTED };
    const ids = await pageOfRule(ctx.db, tag, page);
    const last = ids.at(-1);
    if (last === undefined) return given;
    after = last;
    for (let at = 0; at < ids.length; at += PAGE)
      given += await giveAll(ctx, tag, ids.slice(at, at + PAGE), now);
  }
}

/** To those of them who allow one of the tag's purposes. */
async function giveAll(ctx: GateCtx, tag: Ruled, ids: readonly string[], now: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, ids, [], 'update');
    const roots = new Set<string>();
    for (const cluster of gathered.clusters.values())
      if (allowsOne(ctx, cluster, gathered.ring, tag.purposes)) roots.add(cluster.root);
    const job = { type: 'job', name: 'tag-rules', store: tag.store_id } as const;
    const until = new Date(now + tag.days * DAY);
    const own = { tag: tag.id, byType: 'job', byId: null, byRole: null, evidence: 'rule' } as const;
    for (const customer of roots) await writeGiven(tx, { ...own, customer, at: new Date(now), until });
    const done = [...roots].map((customer) => ({
      customer,
      kind: 'tag' as const,
      details: { step: 'given', subject: tag.id, evidence: { kind: 'rule' } },
    }));
    await recordWorkSoon(ctx, tx, gathered.ring, job, done);
    return roots.size;
  });
}
