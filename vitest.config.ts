import { defineConfig } from 'vitest/config';
import { Tally } from './test/tally.ts';

export default defineConfig({
  test: {
    globalSetup: 'test/kit/global.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    include: ['src', 'contract', 'accept', 'bench', 'test'].map((folder) => `${folder}/**/*.test.ts`),
    reporters: ['default', new Tally()],
  },
});
