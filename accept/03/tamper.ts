/** Ways to tamper with a released table, each of which surely breaks what was promised of it. */

export interface Tampered {
  readonly how: string;
  readonly rows: string[][];
}

type Draw = () => number;

/** Answers a tampered copy, or null when this way does not fit the table. `k` is what was promised. */
type Way = (
  rows: readonly string[][],
  originals: readonly string[][],
  k: number,
  draw: Draw,
) => string[][] | null;

const WAYS: Readonly<Record<string, Way>> = {
  'a row of a smallest class is left out': (rows, _, k, draw) => {
    const victim = rowOfSmallest(rows, k, draw);
    return victim === null ? null : rows.toSpliced(victim, 1);
  },
  'a row of a smallest class is blanked': (rows, _, k, draw) => {
    const victim = rowOfSmallest(rows, k, draw);
    return victim === null
      ? null
      : rows.with(
          victim,
          rows[victim]!.map(() => '*'),
        );
  },
  'a cell of a smallest class is changed': (rows, _, k, draw) => {
    const victim = rowOfSmallest(rows, k, draw);
    if (victim === null) return null;
    const column = whole(draw, rows[victim]!.length);
    return rows.with(victim, rows[victim]!.with(column, `${rows[victim]![column]} `));
  },
  'a row of a smallest class says what another row says': (rows, _, k, draw) => {
    const victim = rowOfSmallest(rows, k, draw);
    const other = whole(draw, rows.length);
    if (victim === null || isBlank(rows[other]!) || String(rows[other]) === String(rows[victim])) return null;
    return rows.with(victim, rows[other]!);
  },
  'a blank row is given its original again': (rows, originals, k, draw) => {
    const victim = whole(draw, rows.length);
    if (!isBlank(rows[victim]!)) return null;
    const size = rows.filter((row) => String(row) === String(originals[victim])).length;
    return size + 1 >= k ? null : rows.with(victim, originals[victim]!);
  },
  'a row is given its original again': (rows, originals, k, draw) => {
    const victim = whole(draw, rows.length);
    const same = rows.filter((row) => String(row) === String(originals[victim])).length;
    if (same + 1 >= k || String(rows[victim]) === String(originals[victim])) return null;
    return rows.with(victim, originals[victim]!);
  },
  'rows of a new kind are added, fewer than k': (rows, _, k, draw) => {
    const row = rows[0]!.map((cell) => `${cell}+`);
    return [...rows, ...Array.from({ length: 1 + whole(draw, k - 1) }, () => row)];
  },
  'a cell is cut off': (rows, _, __, draw) => {
    const victim = whole(draw, rows.length);
    return rows.with(victim, rows[victim]!.slice(0, -1));
  },
};

/** A table tampered with in a way drawn by lot. */
export function tamper(
  rows: readonly string[][],
  originals: readonly string[][],
  k: number,
  draw: Draw,
): Tampered {
  const names = Object.keys(WAYS);
  for (;;) {
    const how = names[whole(draw, names.length)]!;
    const tampered = WAYS[how]!(rows, originals, k, draw);
    if (tampered !== null) return { how, rows: tampered };
  }
}

export function whole(draw: Draw, below: number): number {
  return Math.floor(draw() * below);
}

function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell === '*');
}

/** A row of a class of exactly k, by lot; null when there is no such class. */
function rowOfSmallest(rows: readonly string[][], k: number, draw: Draw): number | null {
  const classes = new Map<string, number[]>();
  rows.forEach((row, at) => {
    if (isBlank(row)) return;
    const own = classes.get(String(row));
    if (own === undefined) classes.set(String(row), [at]);
    else own.push(at);
  });
  const smallest = [...classes.values()].filter((members) => members.length === k);
  const members = smallest[whole(draw, smallest.length)];
  return members === undefined ? null : members[whole(draw, members.length)]!;
}
