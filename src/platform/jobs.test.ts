import { describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import { type JobDefinition, startJobs } from './jobs.ts';
import type { Database, JobName, Jobs } from './ports.ts';

const pause = (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(25);
}

async function started(
  ctx: TestContext,
  definitions: Partial<Record<JobName, JobDefinition>>,
): Promise<{ jobs: Jobs; errors: unknown[] }> {
  const errors: unknown[] = [];
  return { jobs: await startJobs(ctx.db, definitions, (error) => errors.push(error)), errors };
}

// Each test has a database of its own and mostly waits: they run side by side.
describe.concurrent.each(['pglite', 'postgres'] as const)('jobs, on %s', (engine) => {
  const absent = engine === 'postgres' && postgres === null;

  it('exist only when the transaction that ordered them commits', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    const done: string[] = [];
    const { jobs, errors } = await started(ctx, {
      'erasure.sweep': { handler: async ({ erasure }) => void done.push(erasure!) },
    });
    const rolledBack = ctx.db.transaction(async (tx) => {
      await jobs.enqueue('erasure.sweep', { erasure: 'rolled back' }, tx);
      throw new Error('changed my mind');
    });
    await expect(rolledBack).rejects.toThrow('changed my mind');
    await ctx.db.transaction((tx) => jobs.enqueue('erasure.sweep', { erasure: 'committed' }, tx));
    await jobs.enqueue('erasure.sweep', { erasure: 'alone' });
    await until(() => done.length >= 2);
    await jobs.stop();
    expect([...done].sort()).toEqual(['alone', 'committed']);
    const { rows } = await ctx.db.query({
      text: "SELECT data FROM pgboss.job WHERE data->>'erasure' = 'rolled back'",
    });
    expect(rows).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('are tried again when they fail', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    let tries = 0;
    const { jobs } = await started(ctx, {
      'retention.sweep': {
        handler: async () => {
          tries += 1;
          if (tries < 2) throw new Error('not yet');
        },
      },
    });
    await jobs.enqueue('retention.sweep', {});
    await until(() => tries >= 2);
    await jobs.stop();
    const { rows } = await ctx.db.query({
      text: "SELECT state FROM pgboss.job WHERE name = 'retention.sweep'",
    });
    expect({ tries, rows }).toEqual({ tries: 2, rows: [{ state: 'completed' }] });
  });

  it('finish what they began when they are stopped, and begin nothing more', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    const events: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { jobs, errors } = await started(ctx, {
      'outbox.drain': {
        handler: async ({ at }) => {
          events.push(`begin ${at}`);
          await held;
          await ctx.db.query({ text: 'SELECT 1' });
          events.push(`end ${at}`);
        },
      },
    });
    await jobs.enqueue('outbox.drain', { at: '1' });
    await until(() => events.length === 1);
    await jobs.enqueue('outbox.drain', { at: '2' });
    const stopping = jobs.stop();
    await pause(1200);
    release();
    await stopping;
    events.push('stopped');
    await pause(1500);
    expect(events).toEqual(['begin 1', 'end 1', 'stopped']);
    const { rows } = await ctx.db.query({
      text: "SELECT state FROM pgboss.job WHERE name = 'outbox.drain' ORDER BY 1",
    });
    expect(rows).toEqual([{ state: 'created' }, { state: 'completed' }]);
    expect(errors).toEqual([]);
  });

  it('that were left waiting are done by the next start', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine });
    const done: string[] = [];
    const definitions = {
      'erasure.sweep': { handler: async ({ at }: Record<string, string>) => void done.push(at!) },
    };
    const first = await started(ctx, definitions);
    await first.jobs.stop();
    await ctx.db.query({
      text: `INSERT INTO pgboss.job (name, data, policy, retry_limit) VALUES ('erasure.sweep', '{"at":"left"}', 'standard', 10)`,
    });
    const second = await started(ctx, definitions);
    await until(() => done.length === 1);
    await second.jobs.stop();
    expect(done).toEqual(['left']);
  });
});

describe('a job whose handler fails', () => {
  it('leaves nothing of what the error said in the queue, and the error is handed to the log', async () => {
    const ctx = await testContext();
    const planted = 'planted-value-7f3a';
    const { jobs, errors } = await started(ctx, {
      'retention.sweep': {
        handler: async () => void (await ctx.db.query({ text: 'SELECT $1::integer', values: [planted] })),
      },
    });
    await jobs.enqueue('retention.sweep', {});
    await until(() => errors.length > 0);
    await jobs.stop();
    const { rows } = await ctx.db.query({
      text: "SELECT state, output FROM pgboss.job WHERE name = 'retention.sweep'",
    });
    expect(rows).toMatchObject([{ state: 'retry', output: { message: 'the handler failed: error 22P02' } }]);
    expect(JSON.stringify(rows)).not.toContain(planted);
    expect(errors[0]).toMatchObject({ code: '22P02' });
  });
});

describe('a database that is lost while a job ends', () => {
  it('is told to the log and ends nothing else; the job is still there', async () => {
    const ctx = await testContext();
    let lost = false;
    let done = 0;
    const query: Database['query'] = (statement) =>
      lost ? Promise.reject(new Error('the planted loss')) : ctx.db.query(statement);
    const errors: unknown[] = [];
    const handler = async () => {
      done += 1;
      lost = true;
    };
    const jobs = await startJobs({ ...ctx.db, query }, { 'retention.sweep': { handler } }, (error) =>
      errors.push(error),
    );
    await jobs.enqueue('retention.sweep', {});
    await until(() => done > 0 && errors.length > 0);
    lost = false;
    await jobs.stop();
    expect(errors[0]).toMatchObject({ message: 'the planted loss' });
    const { rows } = await ctx.db.query({
      text: "SELECT state FROM pgboss.job WHERE name = 'retention.sweep'",
    });
    expect(rows).toEqual([{ state: 'active' }]);
  });
});

describe('jobs of several nodes', () => {
  it('start at one moment on a fresh database, and each job is done by one node', async ({ skip }) => {
    if (postgres === null) skip(POSTGRES_REASON);
    const ctx = await testContext({ engine: 'postgres', pool: 16 });
    const done: string[] = [];
    const definitions = {
      'erasure.sweep': { handler: async ({ at }: Record<string, string>) => void done.push(at!) },
    };
    const idle = { handler: async () => undefined };
    const all = { ...definitions, 'retention.sweep': idle, 'outbox.drain': idle, 'ledger.sequence': idle };
    const nodes = await Promise.all(Array.from({ length: 3 }, () => started(ctx, all)));
    for (let at = 0; at < 9; at += 1) await nodes[at % 3]!.jobs.enqueue('erasure.sweep', { at: String(at) });
    await until(() => done.length >= 9);
    await Promise.all(nodes.map(({ jobs }) => jobs.stop()));
    expect([...done].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
    // A worker that lost a lock to a node still making its queues looks again a second later.
    const codes = nodes.flatMap(({ errors }) => errors).map((error) => (error as { code?: string }).code);
    expect(codes.filter((code) => code !== '40P01')).toEqual([]);
  });
});
