/** Jobs over pg-boss, sharing the database port: durable, and a job's row can be written in the caller's transaction. */
import PgBoss from 'pg-boss';
import { describeError } from './log.ts';
import type { Database, JobName, Jobs, Tx } from './ports.ts';

export type JobHandler = (payload: Record<string, string>) => Promise<void>;

export interface JobDefinition {
  readonly handler: JobHandler;
  /** Cron in UTC, for jobs that come by themselves. */
  readonly cron?: string;
}

/** Starts workers for `definitions`. Handlers may run twice. A job that fails is tried again up to 10 times. */
export async function startJobs(
  db: Database,
  definitions: Partial<Record<JobName, JobDefinition>>,
  onError: (error: unknown) => void,
): Promise<Jobs> {
  const ending = new Set<Promise<unknown>>();
  const boss = new PgBoss({
    schema: 'pgboss',
    db: endingJobs(executor(db), ending, onError),
    monitorStateIntervalSeconds: 60,
    retryLimit: 10,
    retryBackoff: true,
  });
  boss.on('error', onError);
  await boss.start();
  for (const [name, definition] of Object.entries(definitions)) {
    await createQueue(boss, name);
    await boss.work<Record<string, string>>(
      name,
      { pollingIntervalSeconds: 1, batchSize: 1 },
      async (jobs) => {
        for (const job of jobs) await definition.handler(job.data).catch(rethrow(onError));
      },
    );
    if (definition.cron !== undefined) await boss.schedule(name, definition.cron);
  }
  return {
    async enqueue(name, payload, tx) {
      await boss.send(name, payload, tx === undefined ? {} : { db: executor(tx) });
    },
    async stop() {
      await boss.stop({ graceful: true, wait: true, close: false, timeout: 20_000 });
      await Promise.all(ending);
    },
  };
}

const DEADLOCK = '40P01';

/** Makes the queue's partition where there is none; nodes that start at one moment lock each other out of it. */
async function createQueue(boss: PgBoss, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await boss.createQueue(name, {
        name,
        policy: 'standard',
        retryLimit: 10,
        retryDelay: 2,
        retryBackoff: true,
      });
      return;
    } catch (error) {
      if (attempt >= 10 || (error as { code?: string }).code !== DEADLOCK) throw error;
      await new Promise((wake) => setTimeout(wake, attempt * (10 + Math.random() * 40)));
    }
  }
}

/** The queue keeps what a handler threw, in plain text: it gets no more than the log would say. */
function rethrow(onError: (error: unknown) => void) {
  return (error: unknown): never => {
    onError(error);
    const { type, code } = describeError(error);
    throw new Error(`the handler failed: ${String(type)} ${code === undefined ? '' : String(code)}`.trim());
  };
}

const ENDS_A_JOB = /SELECT COUNT\(\*\) FROM results\s*$/;

/**
 * pg-boss does not wait for the statement that marks a job done or failed: a stop would leave it behind, and
 * its failure would end the process. What could not be marked runs again once it has expired.
 */
function endingJobs(
  inner: PgBoss.Db,
  ending: Set<Promise<unknown>>,
  onError: (error: unknown) => void,
): PgBoss.Db {
  return {
    async executeSql(text, values) {
      if (!ENDS_A_JOB.test(text)) return inner.executeSql(text, values);
      const answer = inner.executeSql(text, values).catch((error: unknown) => {
        onError(error);
        return { rows: [{ count: 0 }] };
      });
      ending.add(answer);
      void answer.finally(() => ending.delete(answer));
      return answer;
    },
  };
}

function executor(target: Tx): PgBoss.Db {
  return {
    async executeSql(text, values) {
      const { rows } = await target.query({ text, values });
      return { rows };
    },
  };
}
