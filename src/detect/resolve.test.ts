import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolve } from './resolve.ts';
import type { DetectedSpan } from './types.ts';

const span = fc
  .record({
    start: fc.nat(60),
    length: fc.integer({ min: 1, max: 20 }),
    type: fc.constantFrom('PHONE', 'EMAIL', 'ADDRESS', 'PERSON'),
    score: fc.constantFrom(0.3, 0.5, 0.9),
  })
  .map(({ start, length, type, score }): DetectedSpan => ({ start, end: start + length, type, score }));

it('of spans that overlap the one that weighs most stays, and none is lost that overlaps no kept one', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
      const kept = resolve(spans);
      const outer = ({ type, score }: DetectedSpan) =>
        type === 'EMAIL' || (type === 'ADDRESS' && score >= 0.5);
      const weight = (each: DetectedSpan) => each.score + (outer(each) && each.score >= 0.5 ? 1 : 0);
      for (let at = 1; at < kept.length; at += 1)
        expect(kept[at]!.start).toBeGreaterThanOrEqual(kept[at - 1]!.end);
      for (const each of spans) {
        if (kept.includes(each)) continue;
        const over = kept.filter(({ start, end }) => start < each.end && each.start < end);
        expect(over.some((other) => weight(other) >= weight(each))).toBe(true);
      }
    }),
  );
});
