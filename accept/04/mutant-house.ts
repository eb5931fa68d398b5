/** Copies of the house in which faults are tried, each with a test runner of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Told } from './mutant-worker.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WORKER = fileURLToPath(new URL('mutant-worker.js', import.meta.url));
const AT_ONCE = 2;
const GIVE_UP_MS = 240_000;
const CLOSED_WITHIN_MS = 20_000;
const COPIED = [
  'src',
  'contract',
  'packs',
  'migrations',
  'test',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
];

export class House {
  readonly folder = mkdtempSync(join(tmpdir(), 'bailee-mutants-'));
  readonly #setupFiles: readonly string[];
  readonly #changed = new Set<string>();
  #worker: ChildProcess | undefined;

  /** @param setupFiles run before each file of tests. */
  constructor(setupFiles: readonly string[] = []) {
    this.#setupFiles = setupFiles;
    for (const name of COPIED) cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    for (const name of ['node_modules', 'dist']) symlinkSync(join(ROOT, name), join(this.folder, name));
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
    this.#changed.add(file);
  }

  /** Null when the tests never end: the runner is then ended and the next order gets a new one. */
  async run(tests: readonly string[], bail: number): Promise<Told | null> {
    this.#worker ??= fork(WORKER, this.#setupFiles, {
      cwd: this.folder,
      env: { ...process.env, NODE_ENV: 'test' },
      stdio: 'ignore',
      detached: true,
    });
    const worker = this.#worker;
    const late = setTimeout(() => process.kill(-(worker.pid as number), 'SIGKILL'), GIVE_UP_MS);
    const gone = new AbortController();
    const answered = once(worker, 'message', gone).catch(() => [null]);
    const left = once(worker, 'exit', gone).then(
      () => [null],
      () => [null],
    );
    worker.send({ tests, bail, changed: [...this.#changed] });
    this.#changed.clear();
    const [told] = (await Promise.race([answered, left])) as [Told | null];
    clearTimeout(late);
    gone.abort();
    if (told === null) this.#worker = undefined;
    return told;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker !== undefined) {
      const late = setTimeout(() => process.kill(-(worker.pid as number), 'SIGKILL'), CLOSED_WITHIN_MS);
      worker.disconnect();
      await once(worker, 'exit');
      clearTimeout(late);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Some houses at once, each for the whole of its work. */
export async function atOnce(
  work: (house: House) => Promise<void>,
  setupFiles: readonly string[] = [],
): Promise<void> {
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const house = new House(setupFiles);
      try {
        await work(house);
      } finally {
        await house.close();
      }
    }),
  );
}
