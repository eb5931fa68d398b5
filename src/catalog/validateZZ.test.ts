import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDefinition, EventProperty } from './types.ts';
import { pickDeclared, validateValue } from './validate.ts';

const property = (type: EventProperty['type'], more: Partial<EventProperty> = {}): EventProperty => ({
  name: 'x',
  type,
  maxLength: 10,
  sensitivity: 'ordinary',
  freeText: false,
  ...more,
});
const address = property('object', {
  members: [property('string', { name: 'city' }), property('number', { name: 'floor' })],
});
const event: EventDefinition = {
  id: 1,
  name: 'Order Completed',
  class: 'transaction',
  purposes: ['legal-duty'],
  retention: 'commerce',
  sensitivity: 'ordinary',
  dpv: 'https://w3id.org/dpv/pd#Purchase',
  properties: [
    property('string', { name: 'order_id' }),
    property('number', { name: 'total' }),
    property('array', { name: 'tags' }),
    property('array', {
      name: 'products',
      members: [
        property('string', { name: 'sku' }),
        property('number', { name: 'price' }),
        property('object', { name: 'size', members: [property('string', { name: 'unit' })] }),
      ],
    }),
  ],
};

const kept = (value: unknown) => ({ ok: true, value, undeclared: [] });
const refused = (why: string) => ({ ok: false, why });

fc.configureGlobal({ numRuns: 20000 });
describe('a string', () => {
  it('is kept as it is, in any script', () => {
    expect(validateValue(property('string'), 'Łódź 𠮷😀')).toEqual(kept('Łódź 𠮷😀'));
  });
  it('may be sent as a whole number, for ids often are', () => {
    expect(validateValue(property('string'), 50314)).toEqual(kept('50314'));
    expect(validateValue(property('string'), 1e21)).toEqual(refused('is not a string'));
    expect(validateValue(property('string'), 1.5)).toEqual(refused('is not a string'));
  });
  it.each([
    ['too long', 'x'.repeat(11), 'is longer than 10 characters'],
    ['with a NUL', 'a\0b', 'contains a NUL character'],
    ['with a lone high surrogate', 'a\ud83d', 'is not well-formed Unicode'],
    ['with a lone low surrogate', '\ude00a', 'is not well-formed Unicode'],
    ['with surrogates the wrong way round', '\ude00\ud83d', 'is not well-formed Unicode'],
    ['that is a list', ['a'], 'is not a string'],
    ['that is null', null, 'is not a string'],
    ['that is missing', undefined, 'is not a string'],
  ])('%s is refused', (_what, value, why) => {
    expect(validateValue(property('string'), value)).toEqual(refused(why));
  });
});

describe('a number', () => {
  it.each([
    [12.5, 12.5],
    ['12.50', 12.5],
    ['-3', -3],
    [0, 0],
  ])('%s is kept', (value, number) => expect(validateValue(property('number'), value)).toEqual(kept(number)));
  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '1e5',
    '0x10',
    '',
    ' 1',
    '1,5',
    '1'.repeat(16),
    true,
    null,
    [1],
  ])('%s is refused', (value) =>
    expect(validateValue(property('number'), value)).toEqual(refused('is not a finite number')),
  );
});

describe('a date', () => {
  it.each([
    ...['1990', '1990-05', '1990-05-17', '2024-02-29', '2026-11-22T05:30:00Z', '2026-11-22 05:30'],
    ...['2026-11-22T05:30:00.123456+02:00', '2026-11-22T05:30:60Z', 0, -1, 1_700_000_000_000],
  ])('%s is kept as it is', (value) => expect(validateValue(property('date'), value)).toEqual(kept(value)));
  it.each([
    ...['1990-13', '1990-02-30', '2023-02-29', '1900-02-29', '1990-5-1', '17.05.1990', 'yesterday', ''],
    ...['1990-05-17T25:00', Number.NaN, 9e15, true, {}],
  ])('%s is refused', (value) => expect(validateValue(property('date'), value).ok).toBe(false));
});

describe('true and false', () => {
  it('are kept, and nothing is taken for them', () => {
    expect(validateValue(property('boolean'), false)).toEqual(kept(false));
    for (const value of [0, 1, 'true', '', null])
      expect(validateValue(property('boolean'), value).ok).toBe(false);
  });
});

describe('an object', () => {
  it('keeps its declared members, and names the others', () => {
    const given = { city: 'Lyon', floor: null, door: 4, 'anna@example.com': 1 };
    expect(validateValue(address, given)).toEqual({
      ok: true,
      value: { city: 'Lyon' },
      undeclared: ['x.door', 'x.(unreadable)'],
    });
  });
  it('is refused when a member is not as declared', () => {
    expect(validateValue(address, { city: 'x'.repeat(20) })).toEqual(
      refused('x.city is longer than 10 characters'),
    );
  });
  it('without declared members keeps nothing', () => {
    expect(validateValue(property('object'), { a: 1 })).toMatchObject({ value: {}, undeclared: ['x.a'] });
  });
  it('never brings a prototype along', () => {
    const given = JSON.parse(
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"city":"A"}',
    );
    const result = validateValue(address, given);
    expect(result).toEqual({ ok: true, value: { city: 'A' }, undeclared: ['x.(unreadable)'] });
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
  it.each([[new Date()], [new Map()], [[]], ['a'], [null], [Object.create({ city: 'A' })]])(
    'is a plain one: %s is refused',
    (value) => expect(validateValue(address, value)).toEqual(refused('is not a plain object')),
  );
});

describe('the properties of an event', () => {
  it('are kept when declared, deep, and named once when not', () => {
    const picked = pickDeclared(event, {
      order_id: 17,
      total: '9.90',
      note: 'call me',
      tags: ['new', 3, true],
      products: [
        { sku: 'A', price: 1, colour: 'red', size: { unit: 'cm', secret: 1 } },
        { sku: 'B', colour: 'blue' },
      ],
    });
    expect(picked).toEqual({
      values: {
        order_id: '17',
        total: 9.9,
        tags: ['new', 3, true],
        products: [{ sku: 'A', price: 1, size: { unit: 'cm' } }, { sku: 'B' }],
      },
      undeclared: ['note', 'products[].colour', 'products[].size.secret'],
      invalid: [],
    });
  });

  it('that are not as declared are left out, by name and without their value, and the rest stays', () => {
    const picked = pickDeclared(event, {
      order_id: { $gt: '' },
      total: 5,
      tags: [{ deep: 1 }, 'ok'],
      products: [{ sku: 'x'.repeat(11) }, { sku: 'y'.repeat(11), price: 2 }, 'no'],
    });
    expect(picked.values).toEqual({ total: 5, tags: ['ok'], products: [{}, { price: 2 }] });
    expect(picked.invalid).toEqual([
      { name: 'order_id', why: 'is not a string' },
      { name: 'tags[]', why: 'is not a plain value' },
      { name: 'products[].sku', why: 'is longer than 10 characters' },
      { name: 'products[]', why: 'is not a plain object' },
    ]);
  });

  it('null counts as absent', () => {
    expect(pickDeclared(event, { order_id: null, total: undefined })).toEqual({
      values: {},
      undeclared: [],
      invalid: [],
    });
  });

  it('of more than 500 items are refused, and a list of undeclared names ends', () => {
    const picked = pickDeclared(event, { products: Array.from({ length: 501 }, () => ({})) });
    expect(picked.invalid).toEqual([{ name: 'products', why: 'has more than 500 items' }]);
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, 1]));
    expect(pickDeclared(event, many).undeclared).toHaveLength(100);
  });

  it('nested a thousand deep cost nothing', () => {
    const deep = JSON.parse(`${'{"products":[{"size":'.repeat(1000)}1${'}]}'.repeat(1000)}`);
    expect(pickDeclared(event, deep).values).toEqual({ products: [{ size: {} }] });
  });

  it('whatever is sent, only declared names come out, and no reason holds a value', () => {
    const names = new Set(['order_id', 'total', 'tags', 'products']);
    const loose = fc.dictionary(
      fc.constantFrom(...names, '__proto__', 'constructor', 'other'),
      fc.anything(),
    );
    fc.assert(
      fc.property(loose, (given) => {
        const picked = pickDeclared(event, given);
        expect(Object.keys(picked.values).filter((name) => !names.has(name))).toEqual([]);
        expect(Object.getPrototypeOf(picked.values)).toBe(Object.prototype);
        expect(() => JSON.stringify(picked)).not.toThrow();
        for (const { why } of picked.invalid) expect(why).toMatch(/^(is|has|contains) [A-Za-z0-9 ()]+$/);
      }),
    );
  });
});
