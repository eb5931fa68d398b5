import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endings, endsLiteral, literalAt, literals } from './literals.ts';

const word = fc.string({ unit: fc.constantFrom('电', '话', '号', 'a'), minLength: 1, maxLength: 3 });
const text = fc.string({ unit: fc.constantFrom('电', '话', '号', 'a', 'b'), maxLength: 12 });

it('a list finds at each place what an alternation of its words would, longest first', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), text, (words, text) => {
      const list = literals(words);
      const pattern = new RegExp([...words].sort((a, b) => b.length - a.length).join('|'), 'y');
      for (let at = 0; at < text.length; at += 1) {
        pattern.lastIndex = at;
        expect(literalAt(list, text, at, text.length)).toBe(pattern.exec(text)?.[0] ?? null);
      }
    }),
  );
});

it('a list says at each place whether one of its words ends there', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), text, (words, text) => {
      const list = endings(words);
      for (let end = 0; end <= text.length; end += 1)
        expect(endsLiteral(list, text, end)).toBe(words.some((each) => text.slice(0, end).endsWith(each)));
    }),
  );
});
