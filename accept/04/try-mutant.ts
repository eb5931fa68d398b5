/** One fault, tried on the tests that come to it. */
import type { House } from './mutant-house.ts';
import type { Failure } from './mutant-worker.ts';
import { apply, type Mutant } from './mutate.ts';
import { hashOf, type Kept } from './verdicts.ts';

export interface Tried {
  readonly caught: Failure | null;
  /** Whether any test took too long, which is no verdict. */
  readonly late: boolean;
  /** The files of tests that were run, in this order. */
  readonly ran: readonly string[];
}

/** @param nearest the files of tests to run, until one fails. */
export async function tryMutant(
  house: House,
  mutant: Mutant,
  nearest: readonly string[],
  { tests, kept }: { tests: ReadonlyMap<string, string>; kept: Kept },
): Promise<Tried> {
  const source = house.read(mutant.file);
  const faulty = apply(source, mutant);
  const ran: string[] = [];
  let late = false;
  house.write(mutant.file, faulty);
  try {
    for (const test of nearest) {
      const hash = hashOf('tried', mutant.file, faulty, test, tests.get(test) as string);
      const told = kept.get<Awaited<ReturnType<House['run']>>>(hash) ?? (await house.run([test], 1));
      ran.push(test);
      if (told?.late.length === 0) kept.put(hash, told);
      const [failure] = told?.failed ?? [];
      if (failure !== undefined) return { caught: failure, late, ran };
      if (told === null || told.late.length > 0) late = true;
    }
    return { caught: null, late, ran };
  } finally {
    house.write(mutant.file, source);
  }
}
