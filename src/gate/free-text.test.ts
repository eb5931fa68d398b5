import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventProperty } from '../catalog/types.ts';
import { type FreeText, maskedField, plainTexts, showTexts } from './free-text.ts';

const property = (name: string, more: Partial<EventProperty> = {}): EventProperty => ({
  name,
  type: 'string',
  maxLength: 500,
  sensitivity: 'ordinary',
  freeText: false,
  ...more,
});
const DECLARED = [
  property('ticket_id'),
  property('body', { freeText: true }),
  property('notes', { type: 'array', members: [property('note', { freeText: true }), property('size')] }),
];
const read = (text: string, ...spans: FreeText['@spans']): FreeText => ({ '@text': text, '@spans': spans });
const letter = read('Anna Lind asks.', [0, 9, 'PERSON']);

describe('a text that was read', () => {
  it('is shown whole to those who may read it', () => {
    expect(plainTexts({ a: letter, b: [letter, 1, null] })).toEqual({
      a: 'Anna Lind asks.',
      b: ['Anna Lind asks.', 1, null],
    });
  });

  it('is shown with a label for each span to those who may see it masked', () => {
    const { value, states } = showTexts({ ticket_id: 't-1', body: letter }, DECLARED, 'masked', true);
    expect(value).toEqual({ ticket_id: 't-1', body: '[PERSON 1] asks.' });
    expect(states).toEqual({ body: 'masked' });
  });

  it('is left out, and said to be, where it is withheld', () => {
    const { value, states } = showTexts({ ticket_id: 't-1', body: letter }, DECLARED, 'withheld', true);
    expect([value, { ...states }]).toEqual([{ ticket_id: 't-1' }, { body: 'withheld' }]);
  });

  it('shows of an event that may only be seen masked its texts and nothing else', () => {
    const payload = { ticket_id: 't-1', body: letter, notes: [{ note: letter, size: 'XL' }] };
    expect(showTexts(payload, DECLARED, 'masked', false).value).toEqual({
      body: '[PERSON 1] asks.',
      notes: [{ note: '[PERSON 1] asks.' }],
    });
  });

  it('never shows masked what stands in a span, and always what stands outside', () => {
    const part = fc.stringMatching(/^[a-z]{3,12}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 6 }), (parts) => {
        let text = '';
        const spans: [number, number, 'PERSON'][] = [];
        for (const [outside, inside] of parts) {
          text += `${outside} `;
          spans.push([text.length, text.length + inside.length + 1, 'PERSON']);
          text += `${inside.toUpperCase()}! `;
        }
        const masked = String(maskedField(read(text, ...spans)));
        for (const [outside, inside] of parts) {
          expect(masked).toContain(outside);
          expect(masked).not.toContain(`${inside.toUpperCase()}!`);
        }
      }),
    );
  });
});

describe('a text that nothing has read', () => {
  it('is withheld where it may only be seen masked, also deep in a list', () => {
    const payload = {
      ticket_id: 't-1',
      body: 'Anna Lind asks.',
      notes: [{ note: 'Anna' }, { note: letter }],
    };
    const { value, states } = showTexts(payload, DECLARED, 'masked', true);
    expect(value).toEqual({ ticket_id: 't-1', notes: [{}, { note: '[PERSON 1] asks.' }] });
    expect({ ...states }).toEqual({ body: 'withheld', 'notes[].note': 'withheld' });
  });

  it('has no masked form as a field, nor has a list with one such text in it', () => {
    for (const value of ['Anna', ['Anna'], [letter, 'Anna'], { a: letter, b: 'Anna' }, 7, null, true])
      expect(maskedField(value)).toBeNull();
    expect(maskedField([letter])).toEqual(['[PERSON 1] asks.']);
  });

  it('is one whose spans do not fit it', () => {
    const broken: FreeText['@spans'][] = [
      [[0, 99, 'PERSON']],
      [[-1, 4, 'PERSON']],
      [
        [0, 9, 'PERSON'],
        [5, 12, 'PERSON'],
      ],
      [[Number.NaN, 3, 'PERSON']],
      [[0, 'nine' as unknown as number, 'PERSON']],
      ['x' as unknown as FreeText['@spans'][number]],
    ];
    for (const spans of broken) expect(maskedField(read('Anna Lind asks.', ...spans))).toBeNull();
  });
});
