import { describe, expect, it } from 'vitest';
import { detectTable } from './table.ts';

const report = (name: string, values: readonly (string | number | null)[]) =>
  detectTable([{ name, values }])[0]!;

describe('a column', () => {
  it('is known by its values, whatever its name', () => {
    expect(report('c7', ['anna@example.com', 'bob@example.org', null])).toMatchObject({
      type: 'EMAIL',
      suggestion: { field: 'contact.email', class: 'contact', mask: 'email' },
      evidence: { sampled: 2, empty: 1, whole: { EMAIL: 2 }, name: null },
    });
  });

  it('is known by its name where the values alone say little', () => {
    expect(report('vorname', ['Xqwy', 'Zzor']).type).toBe('PERSON');
    expect(report('生年月日', ['1985-03-12']).type).toBe('BIRTH_DATE');
  });

  it('of free text is called that, when some cells hold personal data', () => {
    const body = report('Ticket body', ['Please call me at +49 30 901820 tomorrow', 'Where is my parcel?']);
    expect(body).toMatchObject({
      type: 'FREE_TEXT',
      suggestion: { field: 'behavior.ticketBody', mask: 'text' },
    });
  });

  it('without personal data is called that: order numbers, prices, names of products', () => {
    for (const [name, values] of [
      ['order_no', ['100234', '100235']],
      ['price', [12.5, 99]],
      ['product_name', ['White cotton shirt', 'Red mug']],
    ] as const)
      expect(report(name, values)).toMatchObject({ type: null, suggestion: null });
  });

  it('of card numbers or secrets gets no entry: they are stored nowhere', () => {
    expect(report('card', ['4111111111111111', '5555555555554444'])).toMatchObject({
      type: 'PAYMENT_CARD',
      suggestion: null,
    });
  });

  it('is reported without any of its values', () => {
    const text = JSON.stringify(report('mail', ['anna@example.com', 'Anna Lee, Hauptstraße 5']));
    expect(text).not.toMatch(/anna|lee|haupt/i);
  });

  it('without a name, or with the name of another one, is refused', () => {
    expect(() => detectTable([{ name: ' ', values: [] }])).toThrow('Column 1');
    expect(() =>
      detectTable([
        { name: 'a', values: [] },
        { name: 'a', values: [] },
      ]),
    ).toThrow('Column 2');
  });
});
