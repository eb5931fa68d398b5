/** The share of people who agreed, of what is told. */
import type { Rates } from '../api/rates.ts';

type Counts = Rates['purposes'][number]['counts'];

/** Of those who decided anew: whoever withdrew had agreed before. Null where nothing is told. */
export function shareOf(counts: Counts): number | null {
  const sum = (key: 'granted' | 'refused') => counts.reduce((all, each) => all + (each[key] ?? 0), 0);
  const [granted, refused] = [sum('granted'), sum('refused')];
  return granted + refused === 0 ? null : granted / (granted + refused);
}

/** True where anything is too small to be told. */
export function anyUntold({ purposes }: Pick<Rates, 'purposes'>): boolean {
  return purposes.some(({ counts }) => counts.some((each) => Object.values(each).includes(null)));
}
