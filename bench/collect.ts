/** `/v1/batch` over HTTP, durable and sealed, against bulk-inserting the same rows as plain jsonb with the same driver. */
import { randomUUID } from 'node:crypto';
import type { Bench } from './bench.ts';
export const collectBench: Bench = {
  name: 'collect',
  what: randomUUID(),
  better: 'higher',
  goal: 0.4,
  run: async () => [],
};
