/** Customers who were not heard of for as long as the schedule lets: their keys are destroyed, or their sensitive values go. */
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import type { Hold } from '../../../contract/retention.ts';
import type { GateCtx } from '../../gate/context.ts';
import { leave } from '../../platform/outbox.ts';
import type { Transaction } from '../../platform/ports.ts';
import { destroy, keepErasure } from '../../vault/erase.ts';
import { members } from '../../vault/identify.ts';
import { lockCustomers } from '../../vault/lock.ts';
import { checkSilent, endFields, readSilent, type Silent } from '../../vault/retain.ts';
import { journalErasure } from '../journal.ts';
import type { Task } from './plan.ts';
import { type Page, recordRetention } from './record.ts';
import { keepStep } from './sql.ts';

const HOUR_MS = 3_600_000;

type Step = Task & { readonly run: string };

/** Kinds of customers that a kind of records is about. */
export function kindsOf({ kind }: Pick<Task, 'kind'>): readonly ('visitor' | 'customer' | 'guest')[] {
  if (kind === 'visitors') return ['visitor'];
  return kind === 'inactive' ? ['customer', 'guest'] : ['visitor', 'customer', 'guest'];
}

/** Ends a page of silent customers. Whoever is held or was not warned is passed over, and counted with the reason. */
export async function endSilent(
  ctx: GateCtx,
  tx: Transaction,
  task: Step,
  { page, after }: { readonly page: number; readonly after: string | null },
): Promise<Page> {
  const roots = await readSilent(tx, { ...task, page, after, kinds: kindsOf(task) });
  const { going, passed } = await sort(ctx, tx, task, roots);
  const customers = going.flatMap((each) => each.members);
  const more = roots.length === page;
  const kept = { passed, after: roots.at(-1) ?? after, done: !more };
  if (task.kind === 'sensitive') {
    const gone = customers.length === 0 ? 0 : await endFields(tx, customers, sensitiveFields(ctx));
    if (gone > 0) await recordRetention(ctx, tx, task, { count: gone });
    await keepStep(tx, task, { ...kept, gone });
    return { gone, more };
  }
  if (customers.length === 0) {
    await keepStep(tx, task, { ...kept, gone: 0 });
    return { gone: 0, more };
  }
  await keepStep(tx, task, { ...kept, gone: going.length });
  const journal = await shred(ctx, tx, task, { customers, count: going.length });
  return { gone: going.length, more, after: () => journalErasure(ctx, journal) };
}

/** Numbers of the fields that are kept under the key for sensitive values. */
export function sensitiveFields({ catalog }: Pick<GateCtx, 'catalog'>): number[] {
  return catalog.fields.filter(({ retention }) => retention === 'sensitive').map(({ id }) => id);
}

/** Locks whole clusters in id order and looks again: who spoke up, merged or was erased meanwhile is left out. */
async function sort(ctx: GateCtx, tx: Transaction, task: Step, roots: readonly string[]) {
  const before = await members(tx, roots);
  await lockCustomers(
    tx,
    before.map((each) => each.member),
    'update',
  );
  const locked = new Set(before.map((each) => each.member));
  const known = new Set(roots);
  const going: Silent[] = [];
  const passed: Partial<Record<Hold, number>> = {};
  for (const each of roots.length === 0 ? [] : await checkSilent(tx, roots, task.before)) {
    if (!known.has(each.root) || each.members.some((member) => !locked.has(member))) continue;
    const because = (each.held as Hold | null) ?? (isWarned(ctx, task, each) ? null : 'not-warned');
    if (because === null) going.push(each);
    else passed[because] = (passed[because] ?? 0) + 1;
  }
  return { going, passed };
}

function isWarned(ctx: GateCtx, { line }: Step, { told }: Silent): boolean {
  if (line.warnHours === null) return true;
  return told !== null && told.getTime() + line.warnHours * HOUR_MS <= ctx.clock.now();
}

/** The same as an erasure that was asked for, without tombstones: its rows go by the same job, and a restore replays it. */
async function shred(
  ctx: GateCtx,
  tx: Transaction,
  task: Step,
  { customers, count }: { readonly customers: readonly string[]; readonly count: number },
) {
  const at = ctx.clock.now();
  const { erasure, erased } = await destroy(ctx, tx, task.store, customers, { silent: true });
  await leave(ctx, tx, 'customer.erased', { erasure });
  const { index } = await recordRetention(ctx, tx, task, { count, erasure, erased });
  const row = { id: erasure, store: task.store, customers, tombstones: [], at };
  await keepErasure(tx, { ...row, classes: erased, index: index!, orderedBy: 'job:retention' });
  return { ...row, classes: erased.map((each) => RETENTION_CLASSES[each]), ledgerIndex: index! };
}
