/**
 * Answers that leave on a beat, counted from when the question came: how long it took to look somebody up, and whether there
 * was anybody, is in none of them. What takes longer than a beat leaves on the next one.
 */
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';

const BEAT_MS = 100;
/** Timers count whole milliseconds from when the loop last looked, so they alone would let parts of one through. */
const COARSE_MS = 2;

/** Resolves or throws what `work` does, at the end of the beat in which that was known. */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  try {
    return await work();
  } finally {
    const beats = Math.max(1, Math.ceil((performance.now() - from) / BEAT_MS));
    await until(from + beats * BEAT_MS);
  }
}

/** @param at by `performance.now()` */
async function until(at: number): Promise<void> {
  const rest = at - performance.now() - COARSE_MS;
  if (rest > 0) await sleep(rest);
  while (performance.now() < at) await turn();
}
