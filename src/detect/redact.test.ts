import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const TEXT = 'Anna Lee wrote from anna@example.com; call Anna Lee at +49 30 901820.';
const KEY = 'a key of sixteen bytes or more';

describe('a redacted text', () => {
  it('labels each value, the same one with the same number', () => {
    expect(redact(TEXT)).toBe('[PERSON 1] wrote from [EMAIL 1]; call [PERSON 1] at [PHONE 1].');
  });

  it('masked keeps the form and none of the letters and digits', () => {
    expect(redact('Call +49 30-901820', {}, 'mask')).toBe('Call +** **-******');
  });

  it('with surrogates reads on, names one person by one name, and another key by another one', () => {
    const one = redact(TEXT, {}, { surrogate: KEY });
    expect(one).toBe(redact(TEXT, {}, { surrogate: KEY }));
    expect(one).not.toContain('Anna');
    expect(one).not.toContain('901820');
    const [, first, second] = /^(.+) wrote from .+; call (.+) at /.exec(one)!;
    expect(first).toBe(second);
  });

  it('holds what the caller makes of each value, such as a sealed token', () => {
    const seen: string[] = [];
    const token = (value: string) => `<${seen.push(value)}>`;
    expect(redact('mail anna@example.com', {}, { token })).toBe('mail <1>');
    expect(seen).toEqual(['anna@example.com']);
  });

  it('refuses spans that overlap or lie outside the text, and a short key', () => {
    const span = { start: 0, end: 4, type: 'PERSON', score: 1 };
    expect(() => redact('Anna', [span, span])).toThrow('Span 1');
    expect(() => redact('Ann', [span])).toThrow('Span 0');
    expect(() => redact('Anna', [span], { surrogate: 'short' })).toThrow('16 bytes');
  });

  it('keeps every sign outside the spans', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.nat(40), fc.nat(40), (text, a, b) => {
        const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
        const out = redact(text, [{ start, end, type: 'X', score: 1 }], { token: () => '#' });
        expect(out).toBe(`${text.slice(0, start)}#${text.slice(end)}`);
      }),
    );
  });
});
