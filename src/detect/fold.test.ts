import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold } from './fold.ts';

it('folded text is as long as the text, so that offsets stay true', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(text)).toHaveLength(text.length);
    }),
  );
});

it('ASCII stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      expect(fold(text)).toBe(text);
    }),
  );
});

it('full-width signs, other digits and numerals in words become ASCII', () => {
  expect(fold('ＡＢ：１２　＠')).toBe('AB:12 @');
  expect(fold('٠١٢٣')).toBe('0123');
  expect(fold('一三八零零一三八零零零')).toBe('13800138000');
  expect(fold('一二三')).toBe('一二三');
});
