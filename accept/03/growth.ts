/** Inputs made to be slow, at one size and at eight times that: the time may grow with the size, not with its square. */
import { anonymizeTable, verifyTable } from '../../src/anonymize/library.ts';
import { lots } from './adult.ts';

const TIMES = 8;
/** A square would be 64 times; linear is 8; caches and collection account for what is between. */
const MOST = 24;
const TRIES = 3;

/** Each makes work of a size and answers how to do it. */
const SHAPES: Readonly<Record<string, (size: number) => () => unknown>> = {
  'all rows are alike': (size) => protect(size, () => 0, 1),
  'all rows differ': (size) => protect(size, (at) => at, size),
  'all rows differ, class by class': (size) => protect(size, (at) => at, size, true),
  'one row in ten stands alone': (size) => protect(size, (at) => (at % 10 === 0 ? at : 0), size),
  'values in steps of a power of two': (size) => protect(size, (at) => (at * 4096) % size, size),
  'by lot, class by class': (size) => {
    const draw = lots(size);
    return protect(size, () => Math.floor(draw() * 1000), 1000, true);
  },
  'the verifier, all classes differ': (size) => {
    const rows = Array.from({ length: size }, (_, at) => [`v${at}`, 'x']);
    return () => verifyTable(['a', 'b'], rows, { quasi: ['a'], k: 2, sensitive: 'b' });
  },
  'the verifier, one class of all values': (size) => {
    const rows = Array.from({ length: size }, (_, at) => ['x', `v${at}`]);
    const closeness = { distance: 'ordered', t: 1 } as const;
    return () => verifyTable(['a', 'b'], rows, { quasi: ['a'], k: 2, sensitive: 'b', closeness });
  },
};

function protect(
  size: number,
  valueAt: (row: number) => number,
  values: number,
  local = false,
): () => unknown {
  const rows = Array.from({ length: size }, (_, at) => [`v${valueAt(at)}`, `w${valueAt(at) % 7}`]);
  const hierarchies = {
    a: Array.from({ length: values }, (_, at) => [`v${at}`, `t${Math.floor(at / 10)}`, '*']),
    b: Array.from({ length: 7 }, (_, at) => [`w${at}`, '*']),
  };
  return () => anonymizeTable({ header: ['a', 'b'], rows, quasi: ['a', 'b'], hierarchies, k: 3, local });
}

/** The shapes that grow faster than allowed, with how much; the least of three tries each. */
export function superLinear(size: number, log: (message: string) => void): string[] {
  const found: string[] = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const small = least(shape(size));
    const large = least(shape(TIMES * size));
    const growth = large / Math.max(small, 5);
    log(`${name}: ${small.toFixed(0)} ms, ${TIMES} times as many ${large.toFixed(0)} ms`);
    if (growth > MOST)
      found.push(`${name} grows ${growth.toFixed(1)} times when it is ${TIMES} times as large`);
  }
  return found;
}

/** Time of this process alone: other work on the machine must not judge. */
function least(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
