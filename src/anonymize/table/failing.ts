/** Which classes fail what is asked beyond their size: the size of a class that fails is set to zero. */

import { makeClassTest } from './class-test.ts';
import type { Classes } from './classes.ts';
import type { Problem } from './problem.ts';
import type { Tuples } from './tuples.ts';

/**
 * Sets the sizes of failing classes to zero, so that they count as too small. Answers true when a class that has only
 * people of the population fails δ-presence: nothing could be suppressed there.
 */
export function failingClasses(problem: Problem, tuples: Tuples, classes: Classes): boolean {
  const hopeless = tuples.population !== null && failPopulation(problem, tuples, classes);
  if (tuples.sensitive !== null) failSensitive(problem, tuples, classes);
  return hopeless;
}

function failPopulation({ criteria }: Problem, tuples: Tuples, classes: Classes): boolean {
  const { sizes } = classes;
  const people = new Float64Array(classes.slots);
  for (let tuple = 0; tuple < tuples.count; tuple++)
    people[classes.slot[tuple]!]! += tuples.population![tuple]!;
  let hopeless = false;
  for (let slot = 0; slot < classes.slots; slot++) {
    const all = people[slot]!;
    // A class that the population does not know cannot be said to hide in it.
    const share = all === 0 ? Number.POSITIVE_INFINITY : sizes[slot]! / all;
    if (all > 0 && share < (criteria.presence?.min ?? 0)) hopeless = true;
    if (sizes[slot] === 0) continue;
    if (all < (criteria.kMap ?? 0) || share > (criteria.presence?.max ?? 1)) sizes[slot] = 0;
  }
  return hopeless;
}

/** Brings the tuples of each class together by a counting sort, then tests class by class. */
function failSensitive(problem: Problem, tuples: Tuples, classes: Classes): void {
  const { slot, slots, sizes } = classes;
  const start = new Uint32Array(slots + 1);
  for (let tuple = 0; tuple < tuples.count; tuple++) start[slot[tuple]! + 1]! += 1;
  for (let at = 0; at < slots; at++) start[at + 1]! += start[at]!;
  const fill = start.slice(0, slots);
  const sorted = new Uint32Array(tuples.count);
  for (let tuple = 0; tuple < tuples.count; tuple++) sorted[fill[slot[tuple]!]!++] = tuple;
  const test = makeClassTest(problem.criteria, problem.spread!);
  for (let at = 0; at < slots; at++) {
    if (sizes[at]! < problem.criteria.k) continue;
    for (let place = start[at]!; place < start[at + 1]!; place++) {
      const tuple = sorted[place]!;
      test.add(tuples.sensitive![tuple]!, tuples.weight[tuple]!);
    }
    if (!test.holds()) sizes[at] = 0;
  }
}
