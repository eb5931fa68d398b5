import { defineConfig } from 'vitest/config';
import { Tally } from './test/tally.ts';

export default defineConfig({
  test: {
    globalSetup: 'test/kit/global.ts',
    setupFiles: 'test/kit/each-file.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A worker runs many files, and loads the server's modules once: no test may leave a global changed.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Not the second that vitest gives: a busy machine takes longer, and what never comes fails all the same.
    expect: { poll: { timeout: 20_000 } },
    include: ['src', 'contract', 'accept', 'bench', 'test'].map((folder) => `${folder}/**/*.test.ts`),
    reporters: ['default', new Tally()],
  },
});
