/** Warning customers before they are erased, where a law asks for it: who must be told by when, and that they were. */
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { keepWarnings, readSilent } from '../../vault/retain.ts';
import { noteTold, readWarnings, type WarningRow } from '../../vault/retain-read.ts';
import { dueSince, nextDay } from './due.ts';
import { type Task, today } from './plan.ts';
import { recordHere } from './record.ts';
import { kindsOf } from './silent.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The shop has this long to tell them. */
const NOTICE_DAYS = 7;

/** Lists who is erased in a week and the hours of the warning, page by page. Nobody is listed twice. */
export async function warnSilent(ctx: GateCtx, task: Task, hours: number, page: number): Promise<void> {
  const at = new Date(ctx.clock.now());
  const ahead = at.getTime() + NOTICE_DAYS * DAY_MS + hours * HOUR_MS;
  const since = dueSince(task.line, today({ clock: { now: () => ahead } }));
  if (since === null) return;
  const by = new Date(at.getTime() + NOTICE_DAYS * DAY_MS);
  const over = { ...task, before: new Date(nextDay(since)), page, kinds: kindsOf(task) };
  for (let after: string | null = null; ; ) {
    const last: string | null = after;
    const found: string[] = await ctx.db.transaction(async (tx) => {
      const customers = await readSilent(tx, { ...over, after: last });
      await keepWarnings(tx, { store: task.store, customers, at, by });
      return customers;
    });
    after = found.at(-1) ?? null;
    if (found.length < page) return;
  }
}

const MOST = 200;

/** Who must be told, the most urgent first. */
export async function listWarnings(ctx: GateCtx, store: string): Promise<WarningRow[]> {
  return readWarnings(ctx.db, store, MOST);
}

/** Notes that the shop told a customer; the first time counts. Throws `not_found` where nobody has to. */
export async function tell(
  ctx: GateCtx,
  { store, customer, by }: { readonly store: string; readonly customer: string; readonly by: string },
): Promise<Date> {
  const at = new Date(ctx.clock.now());
  return ctx.db.transaction(async (tx) => {
    const told = await noteTold(tx, { store, customer, at });
    if (told === null) throw new BaileeError('not_found', 'Nobody of this id has to be warned.');
    if (told.getTime() === at.getTime())
      await recordHere(ctx, tx, store, {
        v: 1,
        kind: 'retention-warned',
        at: at.getTime(),
        store,
        customer,
        by,
      });
    return told;
  });
}
