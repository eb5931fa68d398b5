/** Of spans that overlap, one stays. */
import type { DetectedSpan } from './types.ts';

/** What holds more than a number tells more; among types that can hold each other, the outer one stays. */
const OUTER: ReadonlySet<string> = new Set(['EMAIL', 'URL_DOMAIN', 'ADDRESS', 'SECRET']);

/**
 * Settles overlaps: an e-mail, web address, postal address or secret stands over what it holds; otherwise
 * the higher score wins, then the longer span, then the earlier one.
 * @returns spans in the order of the text, none overlapping another
 */
export function resolve<Span extends DetectedSpan>(spans: readonly Span[]): Span[] {
  if (spans.length < 2) return [...spans];
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  const kept: Span[] = [];
  let from = 0;
  while (from < inOrder.length) {
    let end = inOrder[from]!.end;
    let to = from + 1;
    // Spans that do not touch need no settling: only those that hang together are ranked.
    for (; to < inOrder.length && inOrder[to]!.start < end; to += 1) end = Math.max(end, inOrder[to]!.end);
    if (to === from + 1) kept.push(inOrder[from]!);
    else for (const span of settle(inOrder.slice(from, to))) kept.push(span);
    from = to;
  }
  return kept;
}

function settle<Span extends DetectedSpan>(spans: Span[]): Span[] {
  spans.sort((a, b) => weight(b) - weight(a) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Span[] = [];
  for (const span of spans) place(kept, span);
  return kept;
}

function weight(span: DetectedSpan): number {
  return span.score + (OUTER.has(span.type) && span.score >= 0.5 ? 1 : 0);
}

/** Inserts by start, unless it overlaps a neighbor that is already there. */
function place<Span extends DetectedSpan>(kept: Span[], span: Span): void {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]!.start < span.start) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && kept[low - 1]!.end > span.start) return;
  if (low < kept.length && kept[low]!.start < span.end) return;
  kept.splice(low, 0, span);
}
