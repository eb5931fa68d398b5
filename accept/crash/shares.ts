/** Deals seeds out to workers, each a process with a database of its own, and gathers what they tell. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freshPostgres } from '../server.ts';
import type { Outcome } from './schedule.ts';
import type { Share, Told } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

export interface Wanted extends Omit<Share, 'url'> {
  /** Another build's worker. */
  readonly worker?: string;
  readonly onOutcome?: (outcome: Outcome) => void;
}

export interface Gathered {
  readonly outcomes: readonly Outcome[];
  /** Port calls that are known. */
  readonly sites: readonly string[];
}

/** Plays a share to its end. Throws when the worker ends badly. */
export async function playShare(wanted: Wanted): Promise<Gathered> {
  const { worker = WORKER, onOutcome, ...share } = wanted;
  const { url, drop } = await freshPostgres();
  try {
    const child = spawn(process.execPath, [worker, JSON.stringify({ ...share, url } satisfies Share)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const outcomes: Outcome[] = [];
    let sites: readonly string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const told = JSON.parse(line) as Told;
      if (told.type === 'sites') sites = told.sites;
      else {
        outcomes.push(told);
        onOutcome?.(told);
      }
    }
    if ((await ended) !== 0)
      throw new Error(`A worker of the crash schedules failed: ${errors.slice(0, 2000)}`);
    return { outcomes, sites };
  } finally {
    await drop();
  }
}

/** Deals seeds out in turn to `workers` at once. */
export async function playAll(wanted: Wanted, workers: number): Promise<Gathered> {
  const shares = Array.from({ length: workers }, (_, nth) =>
    wanted.seeds.filter((_seed, at) => at % workers === nth),
  );
  const gathered = await Promise.all(
    shares.filter((seeds) => seeds.length > 0).map((seeds) => playShare({ ...wanted, seeds })),
  );
  return {
    outcomes: gathered.flatMap(({ outcomes }) => outcomes).sort((a, b) => a.seed - b.seed),
    sites: [...new Set(gathered.flatMap(({ sites }) => sites))],
  };
}
