/** Writes rows as a recoding says. */
import type { Problem } from './problem.ts';
import { type Recoding, SUPPRESSED } from './recoding.ts';

/** Stands for a cell of a suppressed row. */
const BLANK = '*';

export interface Render {
  /** The row that is released in the place of the row number `row`, from 0 on. */
  readonly row: (row: number, cells: readonly string[]) => string[];
  /** Rows so far that are blank without being suppressed: generalized to the root, and `*` in the input for the rest. */
  readonly blankByNature: () => number;
}

/**
 * A suppressed row keeps its place and nothing else: all its cells are blank, those of other columns too. Were they
 * left, a handful of suppressed rows would be a class smaller than k.
 */
export function makeRender(problem: Problem, recoding: Recoding, header: readonly string[]): Render {
  const places = problem.domains.map(({ name }) => header.indexOf(name));
  const texts = recoding.classes.map(({ vector, nodes }) =>
    problem.domains.map(({ labels }, column) => labels[vector[column]!]![nodes[column]!]!),
  );
  let blank = 0;
  return {
    row(row, cells) {
      const at = recoding.classOf[row]!;
      if (at === SUPPRESSED) return cells.map(() => BLANK);
      const out = [...cells];
      places.forEach((place, column) => {
        out[place] = texts[at]![column]!;
      });
      if (out.every((cell) => cell === BLANK)) blank += 1;
      return out;
    },
    blankByNature: () => blank,
  };
}
