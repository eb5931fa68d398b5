/** Writes rows as a recoding says. */
import type { Problem } from './problem.ts';
import { type Recoding, SUPPRESSED } from './recoding.ts';

/** Stands for a cell of a suppressed row. */
const BLANK = '*';

/** Answers the row that is released in the place of the row number `row`, from 0 on. */
export type Render = (row: number, cells: readonly string[]) => string[];

/**
 * A suppressed row keeps its place and nothing else: all its cells are blank, those of other columns too. Were they
 * left, a handful of suppressed rows would be a class smaller than k.
 */
export function makeRender(problem: Problem, recoding: Recoding, header: readonly string[]): Render {
  const places = problem.domains.map(({ name }) => header.indexOf(name));
  const texts = recoding.classes.map(({ vector, nodes }) =>
    problem.domains.map(({ labels }, column) => labels[vector[column]!]![nodes[column]!]!),
  );
  return (row, cells) => {
    const at = recoding.classOf[row]!;
    if (at === SUPPRESSED) return cells.map(() => BLANK);
    const out = [...cells];
    places.forEach((place, column) => {
      out[place] = texts[at]![column]!;
    });
    return out;
  };
}

/**
 * The share of rows that may be blank in a release, 0 … 1: what may be suppressed, and rows that generalization alone
 * made blank, which happens when all columns are quasi-identifiers.
 */
export function blankShare(problem: Problem, recoding: Recoding, header: readonly string[]): number {
  const { domains, limit, rows } = problem;
  const isBlank = ({ vector, nodes }: Recoding['classes'][number]) =>
    domains.every(({ labels }, column) => labels[vector[column]!]![nodes[column]!] === BLANK);
  const covered = header.every((name) => domains.some((domain) => domain.name === name));
  const blank = recoding.classes.reduce((sum, each) => (covered && isBlank(each) ? sum + each.rows : sum), 0);
  return Math.min(1, (limit + blank) / rows);
}
