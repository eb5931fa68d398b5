/** Fetching what was released: by those it was made for, until its time is over. */
import type { Role } from '../../contract/names.ts';
import type { Caller } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { BaileeError } from '../platform/errors.ts';
import { type BudgetRow, type ReleaseRow, readBudgets, readRelease, readReleases } from './sql.ts';

/** Throws `not_found`, also for what this role may not fetch and for what is over. */
export async function fetchRelease(ctx: GateCtx, actor: Caller, id: string): Promise<ReleaseRow> {
  const row = await readRelease(ctx.db, actor.store, id);
  if (row === null || !mayFetch(ctx, actor.role, row))
    throw new BaileeError('not_found', 'There is no such release for your role, or its time is over.');
  return row;
}

/** The newest thousand; the privacy officer sees those that are over, too. */
export async function listReleases(ctx: GateCtx, actor: Caller): Promise<ReleaseRow[]> {
  const rows = await readReleases(ctx.db, actor.store);
  return actor.role === 'privacy-officer' ? rows : rows.filter((row) => mayFetch(ctx, actor.role, row));
}

/** Throws `forbidden` unless the role makes releases. */
export async function listBudgets(ctx: GateCtx, actor: Caller): Promise<BudgetRow[]> {
  if (actor.role !== 'privacy-officer' && actor.role !== 'analyst')
    throw new BaileeError('forbidden', 'Your role may not see budgets.');
  return readBudgets(ctx.db, actor.store);
}

/** Whether its time is not over, and the role is one that it was made for. */
export function mayFetch(ctx: GateCtx, role: Role, { roles, until }: ReleaseRow): boolean {
  return until.getTime() > ctx.clock.now() && (role === 'privacy-officer' || roles.includes(role));
}
