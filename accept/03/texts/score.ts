/**
 * Judges found spans against the gold ones: micro-F1 over spans, as Presidio's evaluator counts them, but
 * with precision and recall weighed alike. A found span counts when it has the type of a gold span and
 * covers the same code units by an intersection over union of at least `iou`; one gold span is matched once.
 */
import { type Span, type SpanType, TYPES } from './types.ts';

export interface Predicted {
  readonly id: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
}

export interface Gold {
  readonly id: string;
  readonly template: string;
  readonly spans: readonly Span[];
}

/** Counts and what follows from them; a share of nothing is 1. */
export interface Score {
  readonly found: number;
  readonly missed: number;
  readonly wrong: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Scores {
  readonly overall: Score;
  /** All types but those that only words can tell. */
  readonly pattern: Score;
  readonly byType: Readonly<Record<SpanType, Score>>;
  readonly byTemplate: ReadonlyMap<string, Score>;
}

const WORDS: readonly SpanType[] = ['PERSON', 'ADDRESS', 'PLACE', 'ORGANIZATION', 'AGE'];
export const PATTERN_TYPES: readonly SpanType[] = TYPES.filter((type) => !WORDS.includes(type));

interface Count {
  found: number;
  missed: number;
  wrong: number;
}

/**
 * Scores predicted lines against gold lines, matched by id. Predicted spans of types that the gold set
 * does not know (titles, dates, nationality) count neither way.
 *
 * @param iou least intersection over union of a match, 0 to 1
 * @throws Error when a gold line has no predicted line, a predicted id is not among the gold or comes twice
 */
export function score(gold: readonly Gold[], predicted: readonly Predicted[], iou = 0.9): Scores {
  const lines = new Map(predicted.map((line) => [line.id, line]));
  if (lines.size !== predicted.length) throw new Error('A predicted line comes twice.');
  const known = new Set(gold.map(({ id }) => id));
  const strange = predicted.find(({ id }) => !known.has(id));
  if (strange) throw new Error(`The predicted line ${strange.id} is not among the gold ones.`);
  const types = new Map<SpanType, Count>(TYPES.map((type) => [type, nothing()]));
  const templates = new Map<string, Count>();
  for (const line of gold) {
    const mine = lines.get(line.id);
    if (!mine) throw new Error(`The line ${line.id} was not predicted.`);
    const template = templates.get(line.template) ?? nothing();
    templates.set(line.template, template);
    for (const type of TYPES) {
      const of = <T extends { type: string }>(spans: readonly T[]) =>
        spans.filter((span) => span.type === type);
      const count = matched(of(line.spans), of(mine.spans), iou);
      add(types.get(type) as Count, count);
      add(template, count);
    }
  }
  const sum = (chosen: readonly SpanType[]) => {
    const total = nothing();
    for (const type of chosen) add(total, types.get(type) as Count);
    return shares(total);
  };
  return {
    overall: sum(TYPES),
    pattern: sum(PATTERN_TYPES),
    byType: Object.fromEntries(TYPES.map((type) => [type, sum([type])])) as Record<SpanType, Score>,
    byTemplate: new Map([...templates].map(([name, count]) => [name, shares(count)])),
  };
}

function nothing(): Count {
  return { found: 0, missed: 0, wrong: 0 };
}

function add(to: Count, from: Count): void {
  to.found += from.found;
  to.missed += from.missed;
  to.wrong += from.wrong;
}

type Range = Pick<Span, 'start' | 'end'>;

/** Above 0.5 a span overlaps at most one disjoint other, so taking the best first is the best matching. */
function matched(gold: readonly Range[], mine: readonly Range[], iou: number): Count {
  const left = [...mine];
  let found = 0;
  for (const span of gold) {
    const overlaps = left.map((other) => overlap(span, other));
    const best = overlaps.indexOf(Math.max(0, ...overlaps));
    if (best < 0 || (overlaps[best] as number) < iou) continue;
    left.splice(best, 1);
    found++;
  }
  return { found, missed: gold.length - found, wrong: left.length };
}

/** Intersection over union, in code units. */
function overlap(a: Range, b: Range): number {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

function shares({ found, missed, wrong }: Count): Score {
  const share = (whole: number) => (whole === 0 ? 1 : found / whole);
  const [precision, recall] = [share(found + wrong), share(found + missed)];
  const f1 = found + missed + wrong === 0 ? 1 : (2 * found) / (2 * found + wrong + missed);
  return { found, missed, wrong, precision, recall, f1 };
}
