import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isBaileeError } from '../platform/errors.ts';
import { buildCatalog } from './build.ts';
import { parseCatalog } from './parse.ts';
import type { Catalog } from './types.ts';

const builtIn = parseCatalog(
  readFileSync(new URL('../../packs/catalog/default.yaml', import.meta.url), 'utf8'),
  'default.yaml',
);
const withStore = (text: string): Catalog => buildCatalog([builtIn, parseCatalog(text, 'shop.yaml')]);

function fault(text: string): string {
  try {
    withStore(text);
  } catch (error) {
    if (isBaileeError(error, 'invalid_catalog')) return error.message;
    throw error;
  }
  return '';
}

describe('a store may tighten what is built in', () => {
  it('by taking purposes away, raising sensitivity, shortening and hiding', () => {
    const catalog = withStore(`
fields:
  - name: contact.phone
    purposes: [order-fulfilment, customer-service]
    sensitivity: sensitive
    maxLength: 20
    mask: hidden
    traits: [mobile]
`);
    const phone = catalog.fieldByName.get('contact.phone');
    expect(phone).toMatchObject({
      id: 17,
      class: 'contact',
      mask: 'hidden',
      maxLength: 20,
      sensitivity: 'sensitive',
    });
    expect(phone?.purposes).toEqual(['order-fulfilment', 'customer-service']);
    expect(catalog.fieldByTrait.get('mobile')).toBe(phone);
    expect(catalog.fieldByTrait.get('phone')).toBe(phone);
    expect(catalog.fieldById.get(17)).toBe(phone);
  });

  it('by leaving properties of an event out, and may declare more of them', () => {
    const catalog = withStore(`
events:
  - name: Product Viewed
    purposes: [analytics]
    without: [coupon]
    properties: { margin: number, name: { maxLength: 100 } }
`);
    const viewed = catalog.eventByName.get('Product Viewed');
    const names = viewed?.properties.map((property) => property.name);
    expect(viewed?.id).toBe(9);
    expect(viewed?.purposes).toEqual(['analytics']);
    expect(names).toContain('margin');
    expect(names).not.toContain('coupon');
    expect(viewed?.properties.find((property) => property.name === 'name')?.maxLength).toBe(100);
  });

  it('by keeping fewer members of a list', () => {
    const catalog = withStore(`
events:
  - name: Cart Viewed
    properties: { products: { type: array, members: { product_id: string } } }
`);
    const products = catalog.eventByName
      .get('Cart Viewed')
      ?.properties.find((one) => one.name === 'products');
    expect(products?.members?.map((member) => member.name)).toEqual(['product_id']);
  });
});

describe('a store may not loosen what is built in', () => {
  it.each([
    ['the class', 'fields: [{ name: contact.email, class: account }]', 'may not change the class'],
    ['the id', 'fields: [{ name: contact.email, id: 10016 }]', 'may not change the id'],
    ['the type', 'fields: [{ name: contact.email, type: number }]', 'may not change the type'],
    ['the retention class', 'fields: [{ name: contact.email, retention: behavior }]', 'change the retention'],
    ['the identifier', 'fields: [{ name: contact.email, identifier: userId }]', 'change the identifier'],
    [
      'the purposes',
      'fields: [{ name: identity.nationalId, purposes: [analytics] }]',
      'may not add the purpose',
    ],
    ['the sensitivity', 'fields: [{ name: identity.nationalId, sensitivity: ordinary }]', 'below "highly'],
    ['the identifiability', 'fields: [{ name: contact.email, identifiability: none }]', 'below "direct"'],
    ['the mask', 'fields: [{ name: contact.email, mask: number }]', 'Allowed: email, hidden'],
    ['the length', 'fields: [{ name: contact.email, maxLength: 5000 }]', 'more than 320'],
    ['the class of an event', 'events: [{ name: page, class: account }]', 'may not change the class'],
    [
      'the purposes of an event',
      'events: [{ name: page, purposes: [legal-duty] }]',
      'may not add the purpose',
    ],
    ['what an event makes', 'events: [{ name: page, makes: order }]', 'may not change the makes'],
    ['a property', 'events: [{ name: page, properties: { name: { maxLength: 9000 } } }]', 'not loosened'],
    ['free text', 'events: [{ name: Products Searched, properties: { query: string } }]', 'not loosened'],
    [
      'a member',
      'events: [{ name: Cart Viewed, properties: { products: { type: array, members: { name: { maxLength: 900 } } } } }]',
      'not loosened',
    ],
    ['a property it does not have', 'events: [{ name: page, without: [colour] }]', 'not a property'],
  ])('%s', (_what, text, words) => {
    expect(fault(text)).toContain(words);
    expect(fault(text)).toMatch(/^shop\.yaml:1:\d+/);
  });
});
