/** Releases over HTTP: set a budget, ask, list, fetch. */

import type { Role } from '../../../contract/names.ts';
import {
  Budget,
  BudgetBody,
  BudgetList,
  Release,
  ReleaseBody,
  ReleaseList,
  ReleasePath,
} from '../../../contract/releases.ts';
import { fetchRelease, listBudgets, listReleases } from '../../insight/fetch.ts';
import { release } from '../../insight/release.ts';
import { setBudget } from '../../insight/set-budget.ts';
import type { BudgetRow, ReleaseRow } from '../../insight/sql.ts';
import { BaileeError } from '../../platform/errors.ts';
import { actorOf, caller } from './credentials.ts';
import type { Edge, Server } from './edge.ts';
import { isId, purposeOf, timeOf } from './reading.ts';
import { follow } from './routes-operator.ts';

const MAKERS: readonly Role[] = ['analyst', 'privacy-officer'];

export function releaseRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.post('/releases', { schema: { body: ReleaseBody } }, async (request, reply) => {
    const actor = actorOf(caller(request, MAKERS));
    const { purpose, roles = [actor.role], until, ...asked } = request.body;
    const input = { actor, ...asked, purpose: purposeOf(purpose), roles, until: timeOf(until, '/until') };
    return follow(reply, (progress) =>
      release(ctx, input, (orders) => progress({ orders })).then((made) => ({
        ...shown(made.release),
        again: made.again,
      })),
    );
  });

  server.get('/releases', { schema: { response: { 200: ReleaseList } } }, async (request) => {
    const rows = await listReleases(ctx, actorOf(caller(request)));
    return { releases: rows.map((row) => shown(row)) };
  });

  server.get(
    '/releases/:id',
    { schema: { params: ReleasePath, response: { 200: Release } } },
    async (request) => {
      const id = request.params.id.toLowerCase();
      if (!isId(id)) throw new BaileeError('not_found', 'There is no such release.');
      return { ...shown(await fetchRelease(ctx, actorOf(caller(request)), id)), again: true };
    },
  );

  server.get('/releases/budgets', { schema: { response: { 200: BudgetList } } }, async (request) => ({
    budgets: (await listBudgets(ctx, actorOf(caller(request, MAKERS)))).map(budgetShown),
  }));

  server.post(
    '/releases/budgets',
    { schema: { body: BudgetBody, response: { 200: Budget } } },
    async (request) => {
      const actor = actorOf(caller(request, ['privacy-officer']));
      const { purpose, ...limit } = request.body;
      return budgetShown(await setBudget(ctx, { actor, purpose: purposeOf(purpose), ...limit }));
    },
  );
}

function shown(row: ReleaseRow) {
  const { id, name, dataset, purpose, question, privacy, answer, rho, delta, roles } = row;
  return {
    ...{ id, name, dataset, purpose, question, privacy, answer, roles },
    cost: { rho, delta },
    madeAt: row.made_at.toISOString(),
    until: row.until.toISOString(),
    ledgerIndex: Number(row.ledger_index),
  };
}

function budgetShown(row: BudgetRow) {
  const { dataset, purpose, epsilon, delta } = row;
  return {
    ...{ dataset, purpose, epsilon, delta },
    limit: { rho: row.rho_limit, delta: row.delta_limit },
    spent: { rho: row.rho_spent, delta: row.delta_spent },
    setAt: row.set_at.toISOString(),
  };
}
