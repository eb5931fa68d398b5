import { expect, it } from 'vitest';
import type { Database, Rows } from '../../platform/ports.ts';
import { inFlight } from './in-flight.ts';

it('waits for a job that is just being fetched, and for all that it does, before the database may close', async () => {
  const slow = <T>(value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), 30));
  let closed = false;
  const asked: boolean[] = [];
  const base = {
    engine: 'pglite',
    query: (async () => {
      asked.push(closed);
      return slow({ rows: [{}], rowCount: 1 });
    }) as Database['query'],
  } as Database;
  const flight = inFlight(base);
  let done = false;
  const fetched = flight.db.query({ text: 'fetch' }).then(async (answer: Rows<unknown>) => {
    expect(answer.rowCount).toBe(1);
    await flight.handler(async () => void (await slow(null)))();
    await flight.db.query({ text: 'complete' });
    done = true;
  });
  await flight.settled();
  closed = true;
  expect(done).toBe(true);
  await fetched;
  expect(await flight.db.query({ text: 'fetch again' })).toEqual({ rows: [], rowCount: 0 });
  expect(asked).toEqual([false, false]);
});
