/** A customer has everything erased that no duty keeps: a request that is fulfilled at once. */
import { RETENTION_CLASSES, type RetentionClass } from '../../../contract/names.ts';
import { needPresent } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { clusterOf, gather } from '../../gate/gather.ts';
import { orderDays } from '../../vault/retain-read.ts';
import { erase, KEPT_BECAUSE, OWN_HAND } from '../erase.ts';
import { daysOf, dutiesOf, lineOf, scheduleOf } from './kept.ts';
import { askForNow } from './requests.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/** What is kept, why, and until when the last of it stays. */
export interface KeptClass {
  readonly class: RetentionClass;
  readonly purpose: 'legal-duty';
  readonly because: string;
  readonly orders: number;
  /** The day on which the last of them goes; null: not known. */
  readonly until: string | null;
  readonly least: ReturnType<typeof dutiesOf>;
}

/** What an erasure would do now. Throws `step_up_required`, `already_erased`. */
export async function previewErasure(
  ctx: GateCtx,
  session: OwnSession,
): Promise<{ readonly erases: readonly RetentionClass[]; readonly keeps: readonly KeptClass[] }> {
  needStrength(session.strength, 'erase');
  const { cluster, days } = await ctx.db.transaction(async (tx) => {
    const found = clusterOf(await gather(ctx, tx, [session.customer], []), session.customer, session.store);
    needPresent({ cluster: found });
    return { cluster: found, days: await orderDays(tx, [...found.members]) };
  });
  const keeps: KeptClass[] = [];
  if (days.length > 0) {
    const region = cluster.rows.find((row) => row.region !== null)?.region ?? null;
    const line = lineOf(scheduleOf(ctx, { region, country: cluster.rows[0]?.country ?? null }), 'commerce');
    const ends = days.map((day) => daysOf(line, day).goes);
    const until = ends.includes(null) ? null : ends.toSorted().at(-1)!;
    const what = { class: 'commerce', purpose: 'legal-duty', because: KEPT_BECAUSE } as const;
    keeps.push({ ...what, orders: days.length, until, least: dutiesOf(line) });
  }
  const kept = keeps.map((each) => each.class);
  const all = Object.keys(RETENTION_CLASSES) as RetentionClass[];
  return { erases: all.filter((each) => !kept.includes(each)), keeps };
}

/** Erases; the session and all others of the customer end with it. Throws `step_up_required`, and what `erase` throws. */
export async function eraseOwn(ctx: GateCtx, session: OwnSession) {
  const { keeps } = await previewErasure(ctx, session);
  const id = await askForNow(ctx, session, 'erasure');
  const actor = { type: 'job', name: OWN_HAND, store: session.store } as const;
  const done = await erase(ctx, { actor, customer: session.customer, evidence: { request: id } });
  const { erasure, erased, kept, keyBackups, receipt } = done;
  return {
    ...{ erasure, erased, keyBackups, receipt },
    kept: keeps.filter((each) => kept.some((one) => one.class === each.class)),
  };
}
