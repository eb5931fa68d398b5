/** Scores spans: right is what has the right type and an intersection over union of at least 0.9. */

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

export interface Labelled {
  readonly id: string | number;
  readonly text: string;
  readonly spans: readonly Span[];
  /** Texts of one template are scored together when the score is told by folds. */
  readonly template: string | number;
}

/** Right, found and wanted. */
export interface Counts {
  right: number;
  found: number;
  wanted: number;
}

const ENOUGH = 0.9;

/** Micro-averaged F1, 0 to 1; 1 where there was nothing to find and nothing was found. */
export function f1({ right, found, wanted }: Counts): number {
  return found + wanted === 0 ? 1 : (2 * right) / (found + wanted);
}

export function none(): Counts {
  return { right: 0, found: 0, wanted: 0 };
}

export function sum(all: Iterable<Counts>): Counts {
  const total = none();
  for (const { right, found, wanted } of all) {
    total.right += right;
    total.found += found;
    total.wanted += wanted;
  }
  return total;
}

/** Counts by type. Types that no text is labelled with are left out on both sides. */
export function countByType(
  texts: readonly Labelled[],
  answers: ReadonlyMap<string, readonly Span[]>,
  known: ReadonlySet<string>,
): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  const of = (type: string): Counts => {
    const had = counts.get(type) ?? none();
    counts.set(type, had);
    return had;
  };
  for (const { id, spans } of texts) {
    const found = (answers.get(String(id)) ?? []).filter(({ type }) => known.has(type));
    const used = new Set<Span>();
    for (const { type } of found) of(type).found += 1;
    for (const span of spans) {
      of(span.type).wanted += 1;
      const match = found.find(
        (each) => !used.has(each) && each.type === span.type && overlap(each, span) >= ENOUGH,
      );
      if (match === undefined) continue;
      used.add(match);
      of(span.type).right += 1;
    }
  }
  return counts;
}

function overlap(a: Span, b: Span): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared <= 0 ? 0 : shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

export function typesOf(texts: readonly Labelled[]): Set<string> {
  return new Set(texts.flatMap(({ spans }) => spans.map(({ type }) => type)));
}

/** F1 over the types that `keep` lets through. */
export function f1Of(counts: ReadonlyMap<string, Counts>, keep: (type: string) => boolean): number {
  return f1(sum([...counts].filter(([type]) => keep(type)).map(([, each]) => each)));
}

/** One line for each type, for the log. */
export function table(counts: ReadonlyMap<string, Counts>): string[] {
  return [...counts]
    .sort(([, a], [, b]) => b.wanted - a.wanted)
    .map(
      ([type, each]) =>
        `${type.padEnd(18)} F1 ${f1(each).toFixed(3)}  ${each.right} right of ${each.found} found, ${each.wanted} wanted`,
    );
}
