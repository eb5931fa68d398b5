import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCard, withoutCards } from './cards.ts';

/** Numbers that card makers publish for tests. */
const CARDS = [
  '4111111111111111',
  '4012888888881881',
  '5555555555554444',
  '2223003122003222',
  '378282246310005',
  '371449635398431',
  '30569309025904',
  '38520000023237',
  '6011111111111117',
  '3530111333300000',
  '6200000000000005',
  '6304000000000000',
];
const grouped = (card: string, sign: string) => card.match(/.{1,4}/g)!.join(sign);

describe('card numbers', () => {
  it('are cut to the last four digits, in one piece or in groups', () => {
    for (const card of CARDS) {
      const cut = `[card ${card.slice(-4)}]`;
      expect(withoutCards(card)).toBe(cut);
      for (const sign of ['-', '/', ' ', '.', ' - ', '\u2013', '\u00a0'])
        if (card.length === 16) expect(withoutCards(`paid ${grouped(card, sign)}.`)).toContain(cut);
      expect(withoutCards(`x${card}y`)).toBe(`x${cut}y`);
    }
    expect(withoutCards('3782 822463 10005')).toBe('[card 0005]');
  });

  it('are found beside other numbers, which stay', () => {
    expect(withoutCards('order 12 4111 1111 1111 1111, 3 pieces')).toBe('order 12 [card 1111], 3 pieces');
    expect(withoutCards('1 4111111111111111')).toBe('1 [card 1111]');
    expect(withoutCards('4111-1111-1111-1111 2026')).toBe('[card 1111] 2026');
    expect(withoutCards('4111111111111111 5555555555554444')).toBe('[card 1111] [card 4444]');
  });

  it('are found in the digits of any script, and with invisible signs between them', () => {
    const in_ = (zero: number) =>
      [...'4111111111111111'].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
    for (const zero of [0xff10, 0x0660, 0x06f0, 0x0966, 0x1d7ce]) expect(hasCard(in_(zero))).toBe(true);
    expect(hasCard([...'4111111111111111'].join('\u200b'))).toBe(true);
    expect(hasCard([...'4111111111111111'].join(' '))).toBe(true);
  });

  it('are not seen in ids that machines make, amounts, phones and times', () => {
    for (const text of [
      '41111111-1111-4111-8111-11111111111a',
      '54.37000000000001',
      '+49 1511 23456789',
      '2026-11-22 09:00:00.000',
      '1795338000000',
      '302-1234567-1234567',
      'DE89 3704 0044 0532 0130 00',
      '0000000000000000',
    ])
      expect(withoutCards(text)).toBe(text);
  });

  it('are cut once and for all: what is cut holds none, and a text without digits stays as it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(...CARDS),
      fc.constantFrom(...CARDS).map((card) => grouped(card, ' ')),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
      fc.nat().map(String),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join(', ');
        expect(hasCard(withoutCards(text))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('are looked for to the end of the longest texts', () => {
    const text = '1 2 3 4 5 6 7 8 9 0 '.repeat(1600);
    expect(hasCard(withoutCards(text))).toBe(false);
    expect(hasCard('9'.repeat(32_000))).toBe(false);
  });
});
