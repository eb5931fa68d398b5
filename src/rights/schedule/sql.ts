/** How far a run of retention came: SQL of its runs and steps, which hold counts. */
import type { Tx } from '../../platform/ports.ts';

export interface StepName {
  readonly run: string;
  readonly store: string;
  readonly kind: string;
  /** Null: not known. */
  readonly region: string | null;
}

/** Begins the run of a day, or finds the one that began; null: that day's is finished. */
export async function beginRun(tx: Tx, id: string, day: string, at: Date): Promise<string | null> {
  await tx.query({
    name: 'retention_begin',
    text: `INSERT INTO bailee.retention_run (id, day, started_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    values: [id, day, at],
  });
  const { rows } = await tx.query<{ id: string }>({
    name: 'retention_begun',
    text: 'SELECT id FROM bailee.retention_run WHERE day = $1 AND finished_at IS NULL',
    values: [day],
  });
  return rows[0]?.id ?? null;
}

/** Ends a run. */
export async function endRun(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query({
    name: 'retention_end',
    text: 'UPDATE bailee.retention_run SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL',
    values: [id, at],
  });
}

export interface StepState {
  readonly after: string | null;
  readonly done: boolean;
}

/** Where a step stands, with the run locked: one page of it at a time, on however many nodes. */
export async function lockStep(tx: Tx, { run, store, kind, region }: StepName): Promise<StepState> {
  await tx.query({
    name: 'retention_lock',
    text: 'SELECT FROM bailee.retention_run WHERE id = $1 FOR UPDATE',
    values: [run],
  });
  const { rows } = await tx.query<StepState>({
    name: 'retention_step',
    text: `SELECT after, done FROM bailee.retention_step
           WHERE run_id = $1 AND store_id = $2 AND kind = $3 AND region = $4`,
    values: [run, store, kind, region ?? ''],
  });
  return rows[0] ?? { after: null, done: false };
}

export interface StepMade {
  readonly gone: number;
  /** Why records stayed, and how many. */
  readonly passed?: Readonly<Record<string, number>>;
  readonly after?: string | null;
  readonly done: boolean;
}

/** Adds a page to a step. */
export async function keepStep(
  tx: Tx,
  { run, store, kind, region }: StepName,
  made: StepMade,
): Promise<void> {
  const { rows } = await tx.query<{ passed: Record<string, number> }>({
    name: 'retention_passed',
    text: `SELECT passed FROM bailee.retention_step
           WHERE run_id = $1 AND store_id = $2 AND kind = $3 AND region = $4`,
    values: [run, store, kind, region ?? ''],
  });
  const passed: Record<string, number> = { ...rows[0]?.passed };
  for (const [because, count] of Object.entries(made.passed ?? {}))
    passed[because] = (passed[because] ?? 0) + count;
  await tx.query({
    name: 'retention_step_keep',
    text: `INSERT INTO bailee.retention_step AS s (run_id, store_id, kind, region, after, gone, passed, done)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (run_id, store_id, kind, region) DO UPDATE SET after = excluded.after,
             gone = s.gone + excluded.gone, passed = excluded.passed, done = excluded.done`,
    values: [
      ...[run, store, kind, region ?? '', made.after ?? null],
      ...[made.gone, JSON.stringify(passed), made.done],
    ],
  });
}

export interface RunRow {
  readonly day: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly steps: readonly {
    readonly kind: string;
    readonly gone: number;
    readonly passed: Readonly<Record<string, number>>;
  }[];
}

/** The last runs with what they did in a store, the newest first. */
export async function readRuns(tx: Tx, store: string, most: number): Promise<RunRow[]> {
  const { rows } = await tx.query<RunRow>({
    name: 'retention_runs',
    text: `SELECT r.day, r.started_at, r.finished_at, coalesce((
             SELECT json_agg(json_build_object('kind', s.kind, 'gone', s.gone, 'passed', s.passed) ORDER BY s.kind, s.region)
             FROM bailee.retention_step s WHERE s.run_id = r.id AND s.store_id = $1), '[]') AS steps
           FROM bailee.retention_run r ORDER BY r.day DESC LIMIT $2`,
    values: [store, most],
  });
  return rows;
}
