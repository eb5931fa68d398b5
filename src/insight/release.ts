/**
 * A release: a named, dated, purpose-bound figure with noise. One transaction locks the budget, takes the cost,
 * draws the answer, stores it and records it; only what is committed is told. What fails, costs and tells
 * nothing.
 */
import { createHash } from 'node:crypto';
import type { Purpose, Role } from '../../contract/names.ts';
import type { Dataset } from '../../contract/releases.ts';
import { type Budget, type Cost, spend } from '../anonymize/private/budget.ts';
import { ratioText, toRatio } from '../anonymize/private/ratio.ts';
import type { Caller } from '../gate/actor.ts';
import { bulkFigures, FIGURE_PURPOSES, type OrderFigures } from '../gate/bulk-figures.ts';
import type { GateCtx } from '../gate/context.ts';
import { recordRelease } from '../gate/record-release.ts';
import { ROLE_PURPOSES } from '../law/roles.ts';
import { canonical } from '../ledger/leaf.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Transaction } from '../platform/ports.ts';
import { mayFetch } from './fetch.ts';
import { answer, type Question, type QuestionPrivacy, questionCost } from './question.ts';
import { told } from './refusal.ts';
import {
  type BudgetKey,
  type BudgetRow,
  findSame,
  insertRelease,
  lockBudget,
  type ReleaseRow,
  readBudget,
  writeSpent,
} from './sql.ts';

export interface ReleaseInput {
  readonly actor: Caller;
  readonly name: string;
  readonly dataset: Dataset;
  readonly purpose: Purpose;
  readonly question: Question;
  readonly privacy: QuestionPrivacy;
  /** Who may fetch it, beside the privacy officer. */
  readonly roles: readonly Role[];
  /** UTC milliseconds. */
  readonly until: number;
}

export interface Made {
  readonly release: ReleaseRow;
  /** True: it had been answered before, and nothing was spent. */
  readonly again: boolean;
}

const MAKERS: readonly Role[] = ['analyst', 'privacy-officer'];
const LONGEST_MS = 400 * 86_400_000;

/**
 * Answers a question about customers who allow the purpose, from its budget. The same question again is the
 * stored answer, for free, until its time is over. `onProgress` gets the orders read so far.
 * Throws `forbidden`, `invalid_body`, `budget_exceeded`.
 */
export async function release(
  ctx: GateCtx,
  input: ReleaseInput,
  onProgress: (orders: number) => void,
): Promise<Made> {
  const cost = checked(ctx, input);
  const { actor, dataset, purpose } = input;
  const key = { store: actor.store, dataset, purpose };
  const fingerprint = fingerprintOf(input);
  const before = await findSame(ctx.db, actor.store, fingerprint, new Date(ctx.clock.now()));
  if (before !== null) return answeredBefore(ctx, input, before);
  // A question that cannot be paid opens nothing. What counts is the same test below, under the lock.
  afterSpending(await readBudget(ctx.db, key), cost);
  const orders: OrderFigures[] = [];
  const job = { type: 'job', name: 'release', store: actor.store } as const;
  for await (const page of bulkFigures(ctx, { actor: job, purpose })) {
    for (const order of page) orders.push(order);
    onProgress(orders.length);
  }
  return ctx.db.transaction((tx) => commit(ctx, tx, { input, key, fingerprint, cost, orders }));
}

/** Authorizes and validates; asks the question of nobody, to learn whether it is sound. */
function checked(ctx: GateCtx, { actor, purpose, question, privacy, until }: ReleaseInput): Cost {
  if (!MAKERS.includes(actor.role) || !ROLE_PURPOSES[actor.role].includes(purpose))
    throw new BaileeError('forbidden', 'Your role may not make releases for this purpose.');
  // Nobody's orders may be seen for any other purpose: an answer would be noise alone, and cost.
  if (!FIGURE_PURPOSES.includes(purpose))
    throw new BaileeError('forbidden', 'Figures of orders are not for this purpose.', {
      purposes: FIGURE_PURPOSES,
    });
  const now = ctx.clock.now();
  if (!(until > now && until <= now + LONGEST_MS))
    throw new BaileeError('invalid_body', 'until must be in the future, at most 400 days from now.', {
      path: '/until',
    });
  return told(() => {
    const cost = questionCost(question, privacy);
    answer(question, privacy, []);
    return cost;
  });
}

interface Asked {
  readonly input: ReleaseInput;
  readonly key: BudgetKey;
  readonly fingerprint: Buffer;
  readonly cost: Cost;
  readonly orders: readonly OrderFigures[];
}

async function commit(ctx: GateCtx, tx: Transaction, asked: Asked): Promise<Made> {
  const { input, key, fingerprint, cost, orders } = asked;
  const now = new Date(ctx.clock.now());
  const budget = await lockBudget(tx, key);
  const before = await findSame(tx, key.store, fingerprint, now);
  if (before !== null) return answeredBefore(ctx, input, before);
  const { spent } = afterSpending(budget, cost);
  await writeSpent(tx, key, ratioText(spent.rho), ratioText(spent.delta));
  const drawn = told(() => answer(input.question, input.privacy, orders));
  const id = ctx.random.id();
  const [rho, delta] = [ratioText(cost.rho), ratioText(cost.delta)];
  const index = await recordRelease(ctx, tx, {
    kind: 'release',
    actor: input.actor,
    purpose: input.purpose,
    details: {
      release: id,
      dataset: input.dataset,
      question: fingerprint.toString('hex'),
      rho,
      delta,
      roles: input.roles,
      until: input.until,
    },
  });
  const row: ReleaseRow = {
    id,
    store_id: key.store,
    dataset: input.dataset,
    purpose: input.purpose,
    name: input.name,
    question: input.question,
    privacy: input.privacy,
    answer: drawn,
    rho,
    delta,
    roles: input.roles,
    made_at: now,
    until: new Date(input.until),
    ledger_index: String(index),
  };
  await insertRelease(tx, row, { fingerprint, madeBy: input.actor.id });
  return { release: row, again: false };
}

/** The stored answer, for those who may fetch it: a second answer would only cost. Throws `forbidden`. */
function answeredBefore(ctx: GateCtx, { actor }: ReleaseInput, before: ReleaseRow): Made {
  if (mayFetch(ctx, actor.role, before)) return { release: before, again: true };
  throw new BaileeError('forbidden', 'This question was answered for other roles. Ask the privacy officer.');
}

/** The budget once the cost is taken. Throws `budget_exceeded`, also when nobody set one. */
function afterSpending(row: BudgetRow | null, cost: Cost): Budget {
  if (row === null)
    throw new BaileeError(
      'budget_exceeded',
      'There is no privacy budget for this purpose. A privacy officer sets one.',
    );
  const pair = (rho: string, delta: string) => ({ rho: toRatio(rho, 'rho'), delta: toRatio(delta, 'delta') });
  const budget = {
    limit: pair(row.rho_limit, row.delta_limit),
    spent: pair(row.rho_spent, row.delta_spent),
  };
  return told(() => spend(budget, cost));
}

/** Of what was asked, however its members are ordered. Numbers go in as they are written. */
function fingerprintOf({ dataset, purpose, question, privacy }: ReleaseInput): Buffer {
  const written = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(written);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, written(each)]));
    return typeof value === 'number' ? String(value) : value;
  };
  const asked = written({ dataset, purpose, question, privacy }) as Parameters<typeof canonical>[0];
  return createHash('sha256').update(canonical(asked)).digest();
}
