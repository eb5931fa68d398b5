import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PATTERN_TYPES, score } from './score.ts';
import { type Span, type SpanType, TYPES } from './types.ts';

const span = (start: number, end: number, type: SpanType): Span => ({ start, end, type });
const line = (...spans: Span[]) => ({ id: 'a', template: 't', spans });

describe('the scorer', () => {
  it('counts a span with its type and nine tenths of its place as found', () => {
    const gold = line(span(0, 20, 'PHONE'));
    expect(score([gold], [line(span(0, 19, 'PHONE'))]).overall).toMatchObject({ found: 1, f1: 1 });
    expect(score([gold], [line(span(0, 17, 'PHONE'))]).overall).toMatchObject({ missed: 1, wrong: 1, f1: 0 });
    expect(score([gold], [line(span(0, 20, 'EMAIL'))]).overall).toMatchObject({ missed: 1, wrong: 1 });
  });

  it('matches a gold span once: a second find at its place is wrong', () => {
    const twice = line(span(0, 20, 'PHONE'), span(0, 20, 'PHONE'));
    expect(score([line(span(0, 20, 'PHONE'))], [twice]).overall).toMatchObject({ found: 1, wrong: 1 });
  });

  it('leaves out types that the gold set does not label', () => {
    const found = { id: 'a', spans: [{ start: 0, end: 3, type: 'TITLE' }] };
    expect(score([line()], [found]).overall).toMatchObject({ wrong: 0, f1: 1 });
  });

  it('keeps names, addresses, places, organizations and ages out of the pattern types', () => {
    expect(PATTERN_TYPES).toHaveLength(TYPES.length - 5);
    const gold = line(span(0, 4, 'PERSON'), span(5, 9, 'IP'));
    const { overall, pattern, byType } = score([gold], [line(span(5, 9, 'IP'))]);
    expect(overall.recall).toBe(0.5);
    expect(pattern.f1).toBe(1);
    expect(byType.PERSON).toMatchObject({ missed: 1, f1: 0 });
  });

  it('refuses lines that are missing, strange or come twice', () => {
    expect(() => score([line()], [])).toThrow('was not predicted');
    expect(() => score([], [line()])).toThrow('not among');
    expect(() => score([line()], [line(), line()])).toThrow('twice');
  });

  it('gives 1 to the gold set itself, and balances what is found, missed and wrong', () => {
    const spans = fc.array(
      fc.record({ at: fc.nat(20), length: fc.integer({ min: 1, max: 9 }), type: fc.constantFrom(...TYPES) }),
      { maxLength: 6 },
    );
    const apart = (drawn: { at: number; length: number; type: SpanType }[]) =>
      drawn.map(({ at, length, type }, index) => span(index * 30 + at, index * 30 + at + length, type));
    fc.assert(
      fc.property(spans, spans, (one, other) => {
        const [gold, mine] = [line(...apart(one)), line(...apart(other))];
        expect(score([gold], [gold]).overall.f1).toBe(1);
        const { found, missed, wrong } = score([gold], [mine]).overall;
        expect(found + missed).toBe(gold.spans.length);
        expect(found + wrong).toBe(mine.spans.length);
      }),
    );
  });
});
