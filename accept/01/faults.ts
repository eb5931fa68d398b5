/** What a script found wrong. A line passes when nothing is in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Verdict } from '../line.ts';
import { freshPostgres, stopAll } from '../server.ts';
import type { Where } from './shop.ts';

const SHOWN = 6;

export class Faults {
  readonly #found: string[] = [];
  readonly #log: (message: string) => void;
  #checks = 0;

  constructor(log: (message: string) => void) {
    this.#log = log;
  }

  /** Notes `what` when it does not hold. Never put a customer's data into it. */
  check(holds: boolean, what: string): void {
    this.#checks += 1;
    if (holds) return;
    this.#found.push(what);
    this.#log(`FAULT: ${what}`);
  }

  equal(found: unknown, expected: unknown, what: string): void {
    this.check(Object.is(found, expected), `${what}: ${String(found)} instead of ${String(expected)}`);
  }

  get count(): number {
    return this.#found.length;
  }

  get checks(): number {
    return this.#checks;
  }

  /** `figure` when all is well; the faults otherwise. */
  verdict(figure: string): Verdict {
    if (this.#checks === 0) return { pass: false, figure: 'nothing was checked' };
    if (this.#found.length === 0) return { pass: true, figure };
    const rest = this.#found.length - SHOWN;
    const shown = this.#found.slice(0, SHOWN).join('; ');
    return { pass: false, figure: rest > 0 ? `${shown}; and ${rest} more` : shown };
  }
}

/** A temporary folder, gone afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-accept-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A database of its own on PostgreSQL and a data folder; both gone afterwards, and all servers with them. */
export async function onPostgres<Result>(work: (where: Required<Where>) => Promise<Result>): Promise<Result> {
  const database = await freshPostgres();
  try {
    return await inFolder(async (folder) => {
      try {
        return await work({ dataFolder: folder, databaseUrl: database.url });
      } finally {
        await stopAll();
      }
    });
  } finally {
    await database.drop();
  }
}
