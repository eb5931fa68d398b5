import { defineConfig } from 'vitest/config';
import { Tally } from './test/tally.ts';

/**
 * What knows no engine and what brings its own: pure rooms, the browser's side, the libraries, processes that make a
 * trial of their own. `SUITE=engine` leaves it out: it says the same on PostgreSQL, where it has run already.
 */
const WITHOUT_ENGINE = [
  ...['anonymize', 'catalog', 'detect', 'law'].map((room) => `src/${room}/**`),
  'src/main.test.ts',
  'src/edge/demo/{declared,messages,people,products,random}.test.ts',
  'accept/**',
  'bench/**',
  ...['browser', 'conformance', 'console', 'crash', 'docs', 'kit', 'libraries'].map(
    (room) => `test/${room}/**`,
  ),
  'test/*.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: 'test/kit/global.ts',
    setupFiles: 'test/kit/each-file.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A worker runs many files, and loads the server's modules once: no test may leave a global changed.
    isolate: false,
    // For what never ends: no test is about time, and a busy machine takes several times as long.
    testTimeout: 240_000,
    hookTimeout: 400_000,
    // Not the second that vitest gives: a busy machine takes longer, and what never comes fails all the same.
    expect: { poll: { timeout: 20_000 } },
    include: ['src', 'contract', 'accept', 'bench', 'test'].map((folder) => `${folder}/**/*.test.ts`),
    exclude: process.env.SUITE === 'engine' ? WITHOUT_ENGINE : [],
    reporters: ['default', new Tally()],
  },
});
