/** SQL on budgets and releases: nothing in them is about one person. */
import type { Purpose, Role } from '../../contract/names.ts';
import type { Dataset } from '../../contract/releases.ts';
import type { Tx } from '../platform/ports.ts';
import type { Answer, Question, QuestionPrivacy } from './question.ts';

export interface BudgetRow {
  readonly dataset: Dataset;
  readonly purpose: Purpose;
  readonly rho_limit: string;
  readonly delta_limit: string;
  readonly rho_spent: string;
  readonly delta_spent: string;
  readonly epsilon: string;
  readonly delta: string;
  readonly set_at: Date;
}

export interface ReleaseRow {
  readonly id: string;
  readonly store_id: string;
  readonly dataset: Dataset;
  readonly purpose: Purpose;
  readonly name: string;
  readonly question: Question;
  readonly privacy: QuestionPrivacy;
  readonly answer: Answer;
  readonly rho: string;
  readonly delta: string;
  readonly roles: readonly Role[];
  readonly made_at: Date;
  readonly until: Date;
  /** Bigints arrive as texts. */
  readonly ledger_index: string;
}

export interface BudgetKey {
  readonly store: string;
  readonly dataset: Dataset;
  readonly purpose: Purpose;
}

const BUDGET = 'dataset, purpose, rho_limit, delta_limit, rho_spent, delta_spent, epsilon, delta, set_at';
const RELEASE =
  'id, store_id, dataset, purpose, name, question, privacy, answer, rho, delta, roles, made_at, until, ledger_index';

export async function readBudgets(tx: Tx, store: string): Promise<BudgetRow[]> {
  const { rows } = await tx.query<BudgetRow>({
    text: `SELECT ${BUDGET} FROM bailee.privacy_budget WHERE store_id = $1 ORDER BY dataset, purpose`,
    values: [store],
  });
  return rows;
}

export async function readBudget(tx: Tx, key: BudgetKey): Promise<BudgetRow | null> {
  return one(tx, key, '');
}

/** Whoever releases from this budget next waits until this transaction ends. */
export async function lockBudget(tx: Tx, key: BudgetKey): Promise<BudgetRow | null> {
  return one(tx, key, ' FOR UPDATE');
}

async function one(tx: Tx, { store, dataset, purpose }: BudgetKey, lock: string): Promise<BudgetRow | null> {
  const { rows } = await tx.query<BudgetRow>({
    text: `SELECT ${BUDGET} FROM bailee.privacy_budget WHERE store_id = $1 AND dataset = $2 AND purpose = $3${lock}`,
    values: [store, dataset, purpose],
  });
  return rows[0] ?? null;
}

/** What was spent stays spent. */
export async function writeLimit(
  tx: Tx,
  { store, dataset, purpose }: BudgetKey,
  limit: Pick<BudgetRow, 'rho_limit' | 'delta_limit' | 'epsilon' | 'delta' | 'set_at'>,
): Promise<void> {
  await tx.query({
    text: `INSERT INTO bailee.privacy_budget (store_id, dataset, purpose, rho_limit, delta_limit, epsilon, delta, set_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (store_id, dataset, purpose) DO UPDATE
             SET rho_limit = excluded.rho_limit, delta_limit = excluded.delta_limit,
                 epsilon = excluded.epsilon, delta = excluded.delta, set_at = excluded.set_at`,
    values: [
      store,
      dataset,
      purpose,
      limit.rho_limit,
      limit.delta_limit,
      limit.epsilon,
      limit.delta,
      limit.set_at,
    ],
  });
}

export async function writeSpent(
  tx: Tx,
  { store, dataset, purpose }: BudgetKey,
  rho: string,
  delta: string,
): Promise<void> {
  await tx.query({
    text: `UPDATE bailee.privacy_budget SET rho_spent = $4, delta_spent = $5
           WHERE store_id = $1 AND dataset = $2 AND purpose = $3`,
    values: [store, dataset, purpose, rho, delta],
  });
}

/** The newest release with this fingerprint that may still be fetched. */
export async function findSame(
  tx: Tx,
  store: string,
  fingerprint: Buffer,
  now: Date,
): Promise<ReleaseRow | null> {
  const { rows } = await tx.query<ReleaseRow>({
    text: `SELECT ${RELEASE} FROM bailee.release WHERE store_id = $1 AND fingerprint = $2 AND until > $3
           ORDER BY id DESC LIMIT 1`,
    values: [store, fingerprint, now],
  });
  return rows[0] ?? null;
}

export async function insertRelease(
  tx: Tx,
  row: ReleaseRow,
  { fingerprint, madeBy }: { readonly fingerprint: Buffer; readonly madeBy: string },
): Promise<void> {
  await tx.query({
    text: `INSERT INTO bailee.release (${RELEASE}, fingerprint, made_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    values: [
      row.id,
      row.store_id,
      row.dataset,
      row.purpose,
      row.name,
      JSON.stringify(row.question),
      JSON.stringify(row.privacy),
      JSON.stringify(row.answer),
      row.rho,
      row.delta,
      row.roles,
      row.made_at,
      row.until,
      row.ledger_index,
      fingerprint,
      madeBy,
    ],
  });
}

export async function readRelease(tx: Tx, store: string, id: string): Promise<ReleaseRow | null> {
  const { rows } = await tx.query<ReleaseRow>({
    text: `SELECT ${RELEASE} FROM bailee.release WHERE store_id = $1 AND id = $2`,
    values: [store, id],
  });
  return rows[0] ?? null;
}

export async function readReleases(tx: Tx, store: string): Promise<ReleaseRow[]> {
  const { rows } = await tx.query<ReleaseRow>({
    text: `SELECT ${RELEASE} FROM bailee.release WHERE store_id = $1 ORDER BY id DESC LIMIT 1000`,
    values: [store],
  });
  return rows;
}
