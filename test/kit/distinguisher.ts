/**
 * Tries to tell two neighboring data sets apart by the answers of a mechanism. On half of the answers it looks
 * for the event that tells most; on the other half it tests whether P[event | one] > e^ε·P[event | other] + δ.
 * What it catches breaks the promise, except with a chance of one in a million; what it does not catch may still
 * be broken in a way it does not look for.
 * It looks at values, at differences between the numbers of an answer (noise used twice), and at the lowest
 * binary digit of each (floating-point noise: Mironov 2012).
 */
import { lowerBound, upperBound } from './bounds.ts';

/** The numbers of one answer. */
export type Answer = readonly number[];

export interface Suspect {
  /** Answers over two data sets that differ in one customer. */
  readonly one: () => Answer;
  readonly other: () => Answer;
  readonly epsilon: number;
  readonly delta?: number;
  readonly trials: number;
}

export interface Caught {
  readonly event: string;
  /** The event is at least so likely over the one, and at most over the other. */
  readonly likely: number;
  readonly unlikely: number;
}

interface Event {
  readonly name: string;
  readonly holds: (features: readonly number[]) => boolean;
}

const ALPHA = 1e-6;
const MOST_EVENTS = 48;

/** What gives the mechanism away, or null. */
export function distinguish({ one, other, epsilon, delta = 0, trials }: Suspect): Caught | null {
  const sample = (answer: () => Answer) => Array.from({ length: trials }, () => featuresOf(answer()));
  const [learnOne, learnOther, testOne, testOther] = [one, other, one, other].map(sample) as [
    number[][],
    number[][],
    number[][],
    number[][],
  ];
  const share = (event: Event, among: number[][]) => among.filter(event.holds).length;
  const tells = (hits: number, misses: number) => {
    const [p, q] = [hits / trials, misses / trials];
    const spread = Math.sqrt((p + Math.exp(2 * epsilon) * q + 1 / trials) / trials);
    return (p - Math.exp(epsilon) * q - delta) / spread;
  };
  let best: { event: Event; swapped: boolean; score: number } | null = null;
  for (const event of eventsOf([...learnOne, ...learnOther])) {
    const [a, b] = [share(event, learnOne), share(event, learnOther)];
    for (const swapped of [false, true]) {
      const score = swapped ? tells(b, a) : tells(a, b);
      if (best === null || score > best.score) best = { event, swapped, score };
    }
  }
  if (best === null) return null;
  const [hits, misses] = best.swapped ? [testOther, testOne] : [testOne, testOther];
  const likely = lowerBound(share(best.event, hits), trials, ALPHA / 2);
  const unlikely = upperBound(share(best.event, misses), trials, ALPHA / 2);
  return likely > Math.exp(epsilon) * unlikely + delta ? { event: best.event.name, likely, unlikely } : null;
}

/** The numbers, the lowest binary digit of each, and all differences. */
function featuresOf(answer: Answer): number[] {
  const differences = answer.flatMap((value, at) => answer.slice(at + 1).map((next) => value - next));
  return [...answer, ...answer.map(lowestDigit), ...differences];
}

const view = new DataView(new ArrayBuffer(8));

/** The exponent of the lowest digit that is set: 0 of 3, 2 of 12, -1 of 0.5; of zero 1024. */
function lowestDigit(value: number): number {
  if (value === 0) return 1024;
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const fraction = bits & ((1n << 52n) - 1n);
  const exponent = Number((bits >> 52n) & 0x7ffn) - 1075;
  const zeros =
    fraction === 0n ? 52 : fraction.toString(2).length - fraction.toString(2).lastIndexOf('1') - 1;
  return exponent + zeros;
}

/** Events that the answers suggest: below or above a value, or equal to a frequent one. */
function eventsOf(answers: readonly number[][]): Event[] {
  const width = answers[0]?.length ?? 0;
  return Array.from({ length: width }, (_, feature) => {
    const values = answers.map((answer) => answer[feature] as number).sort((a, b) => a - b);
    const cuts = new Set(
      Array.from({ length: MOST_EVENTS }, (_, at) => values[Math.floor((at / MOST_EVENTS) * values.length)]!),
    );
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_EVENTS);
    return [
      ...[...cuts].flatMap((cut): Event[] => [
        { name: `feature ${feature} ≤ ${cut}`, holds: (answer) => answer[feature]! <= cut },
        { name: `feature ${feature} ≥ ${cut}`, holds: (answer) => answer[feature]! >= cut },
      ]),
      ...frequent.map(
        ([value]): Event => ({
          name: `feature ${feature} = ${value}`,
          holds: (one) => one[feature] === value,
        }),
      ),
    ];
  }).flat();
}
