import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventProperty } from '../catalog/types.ts';
import { readField, readText, readTexts, withoutSecrets } from './read-text.ts';

const CARD = '4111 1111 1111 1111';
const KEY = `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`;
const LETTER = `I am Anna Schmidt, +49 151 12345678. I paid with ${CARD}, my key is ${KEY}.`;

describe('free text on its way in', () => {
  it('loses its full card numbers and secrets before anything is stored', () => {
    const { '@text': text } = readText(LETTER, 'DE');
    expect(text).toContain('[card 1111]');
    expect(text).toContain('[secret]');
    expect(text).not.toContain('4111');
    expect(text).not.toContain(KEY);
  });

  it('is kept with the place and type of what was found, and without a copy of it', () => {
    const { '@text': text, '@spans': spans } = readText(LETTER, 'DE');
    const found = spans.map(([start, end, type]) => [type, text.slice(start, end)]);
    expect(found).toEqual([
      ['PERSON', 'Anna Schmidt'],
      ['PHONE', '+49 151 12345678'],
    ]);
    expect(JSON.stringify(spans)).not.toMatch(/Anna|151/);
  });

  it('has spans that still fit after something was cut out before them, wherever that stood', () => {
    const piece = fc.constantFrom(
      'Call me at anna@example.com. ',
      `The card is ${CARD}. `,
      `password: ${'hunter2-Horse'} `,
      'The mug is broken. ',
      'My IBAN is DE89 3704 0044 0532 0130 00. ',
      'Kreditkarte ５５５５５５５５５５５５４４４４. ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const { '@text': text, '@spans': spans } = readText(pieces.join(''), 'DE');
        expect(text).not.toMatch(/4111|hunter2|５５５５/);
        const mails = spans.filter(([, , type]) => type === 'EMAIL');
        expect(mails).toHaveLength(pieces.filter((each) => each.includes('@')).length);
        for (const [start, end] of mails) expect(text.slice(start, end)).toBe('anna@example.com');
      }),
      { numRuns: 50 },
    );
  });

  it('is read where the catalog declares it, and nowhere else', () => {
    const property = (name: string, more: Partial<EventProperty> = {}): EventProperty => ({
      name,
      type: 'string',
      maxLength: 500,
      sensitivity: 'ordinary',
      freeText: false,
      ...more,
    });
    const note = property('note', { freeText: true });
    const declared = [property('name'), note, property('lines', { type: 'array', members: [note] })];
    const values = { name: 'Anna Schmidt', note: 'Fine.', lines: [{ note: 'Fine.' }, {}] };
    const read = { '@text': 'Fine.', '@spans': [] };
    expect(readTexts(values, declared, null)).toEqual({
      name: 'Anna Schmidt',
      note: read,
      lines: [{ note: read }, {}],
    });
    expect(readField(['Fine.', 3], null)).toEqual([read, 3]);
  });
});

describe('a text that is kept unread', () => {
  it('is cut in running text, and as a value alone only where it is almost certain', () => {
    expect(withoutSecrets(`my password is ${'hunter2-correct-horse'}, thanks`)).toBe(
      'my password is [secret], thanks',
    );
    expect(withoutSecrets(KEY)).toBe('[secret]');
    for (const kept of ['user-1234567890', '4006381333931', 'o-1', '2026-11-25T10:00:00Z'])
      expect(withoutSecrets(kept)).toBe(kept);
  });
});
