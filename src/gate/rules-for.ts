/** The rules of the regimes that apply to a customer, for `decide()`. */
import type { Question } from '../law/question.ts';
import type { GateCtx } from './context.ts';
import type { Cluster } from './gather.ts';

/** What the packs in force add to a question. */
export type LawOf = Pick<Question, 'rules' | 'balanced'>;

const DAY = 10;

/**
 * What the packs in force add to a question; nothing where a store has set none. Customers that belong together and
 * live in different places have no known region: the store's strictest pack applies.
 */
export function rulesFor(
  { law, clock }: Pick<GateCtx, 'law' | 'clock'>,
  { places }: Pick<Cluster, 'places'>,
): LawOf {
  if (law === undefined) return {};
  const on = new Date(clock.now()).toISOString().slice(0, DAY);
  const all = [...places.values()];
  const regions = new Set(all.flatMap(({ region }) => region ?? []));
  const countries = new Set(all.map(({ country }) => country));
  const where = { customer: only(regions), store: only(countries) };
  const balanced = [...law.balancing].filter(([, until]) => on <= until).map(([purpose]) => purpose);
  return { rules: law.book().rulesFor(where, on), balanced };
}

function only<T>(values: ReadonlySet<T>): T | null {
  const [first] = values;
  return values.size === 1 && first !== undefined ? first : null;
}
