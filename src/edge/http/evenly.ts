/**
 * Answers that leave on a beat, counted from when the question came: how long it took to look somebody up, and whether there
 * was anybody, is in none of them. What takes longer than a beat leaves on the next one.
 */
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 100;

/** Resolves or throws what `work` does, at the end of the beat in which that was known. */
export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  try {
    return await work();
  } finally {
    const beats = Math.ceil((performance.now() - from) / BEAT_MS);
    await sleep(from + Math.max(1, beats) * BEAT_MS - performance.now());
  }
}
