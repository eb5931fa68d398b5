/** The built-in catalog, held against the design, Segment's specification and W3C DPV. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLASSES, NECESSARY_PURPOSES, PURPOSES, type Purpose } from '../../contract/names.ts';
import { buildCatalog } from './build.ts';
import { dpvFault } from './dpv.ts';
import { parseCatalog } from './parse.ts';
import type { EventDefinition, Field } from './types.ts';

const file = new URL('../../packs/catalog/default.yaml', import.meta.url);
const catalog = buildCatalog([parseCatalog(readFileSync(file, 'utf8'), 'default.yaml')]);
const shared = process.env.BAILEE_SHARED ?? '../shared';
const dpvFile = path.join(shared, 'law/dpv/pd.csv');

const field = (name: string): Field => catalog.fieldByName.get(name)!;
const event = (name: string): EventDefinition => catalog.eventByName.get(name)!;
const optional = (purposes: readonly Purpose[]): Purpose[] =>
  purposes.filter((purpose) => !(NECESSARY_PURPOSES as readonly string[]).includes(purpose));

const ORDERS = ['Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled'];
const TICKETS = ['Support Ticket Opened', 'Support Ticket Replied', 'Support Ticket Closed'];
const BROWSING = [
  ...['page', 'screen', 'Products Searched', 'Product List Viewed', 'Product List Filtered'],
  ...['Promotion Viewed', 'Promotion Clicked', 'Product Clicked', 'Product Viewed', 'Product Added'],
  ...[
    'Product Removed',
    'Cart Viewed',
    'Coupon Entered',
    'Coupon Applied',
    'Coupon Denied',
    'Coupon Removed',
  ],
  ...['Product Added to Wishlist', 'Product Removed from Wishlist', 'Wishlist Product Added to Cart'],
  ...['Product Shared', 'Cart Shared', 'Product Reviewed'],
];
const CHECKOUT = [
  ...['Checkout Started', 'Checkout Step Viewed', 'Checkout Step Completed', 'Payment Info Entered'],
];

describe('the built-in catalog', () => {
  it('declares about sixty fields over all seven classes, and more than thirty events', () => {
    expect(catalog.fields.length).toBeGreaterThanOrEqual(60);
    expect(new Set(catalog.fields.map((one) => one.class))).toEqual(new Set(CLASSES));
    expect(catalog.events.length).toBeGreaterThanOrEqual(30);
  });

  it('declares every event of the e-commerce specification, the account, tickets and choices', () => {
    const account = ['Signed Up', 'Signed In', 'Signed Out', 'Segment Consent Preference Updated'];
    const wanted = [...ORDERS, ...TICKETS, ...BROWSING, ...CHECKOUT, ...account];
    expect(wanted.filter((name) => !catalog.eventByName.has(name))).toEqual([]);
    expect(wanted.length).toBe(catalog.events.length);
  });

  it('keeps the numbers that sealed values depend on', () => {
    expect(catalog.fieldById.get(16)?.name).toBe('contact.email');
    expect(catalog.fieldById.get(12)?.name).toBe('identity.nationalId');
    expect(catalog.fieldById.get(77)?.name).toBe('sensitive.creditScore');
    expect(catalog.eventById.get(18)?.name).toBe('Order Completed');
    expect(catalog.eventById.get(37)?.name).toBe('Segment Consent Preference Updated');
  });

  it('has one hash for one content', () => {
    const again = buildCatalog([parseCatalog(readFileSync(file, 'utf8'), 'elsewhere.yaml')]);
    expect(again.hash).toBe(catalog.hash);
    expect(catalog.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['email', 'contact.email'],
    ['phone', 'contact.phone'],
    ['name', 'identity.name'],
    ['firstName', 'identity.firstName'],
    ['first_name', 'identity.firstName'],
    ['lastName', 'identity.lastName'],
    ['last_name', 'identity.lastName'],
    ['address', 'contact.address'],
    ['birthday', 'identity.birthDate'],
    ['gender', 'identity.gender'],
    ['age', 'identity.age'],
    ['username', 'account.username'],
    ['company', 'contact.company'],
    ['title', 'contact.jobTitle'],
    ['avatar', 'identity.avatar'],
    ['createdAt', 'account.createdAt'],
    ['id', 'account.userId'],
    ['website', 'contact.website'],
    ['description', 'account.description'],
  ])('maps the reserved trait %s onto %s', (trait, name) => {
    expect(catalog.fieldByTrait.get(trait)?.name).toBe(name);
  });

  it('has one field for each kind of identifier of a customer', () => {
    const kinds = catalog.fields.flatMap((one) => (one.identifier === undefined ? [] : [one.identifier]));
    expect(kinds.sort()).toEqual(['anonymousId', 'email', 'phone', 'userId']);
  });
});

describe('purposes of the built-in catalog', () => {
  it('browsing is kept for nothing that needs no choice', () => {
    for (const name of BROWSING) expect(optional(event(name).purposes), name).toEqual(event(name).purposes);
  });

  it('orders are kept without a choice: for fulfilment, service, against fraud and by duty', () => {
    for (const name of ORDERS) {
      expect(event(name).purposes, name).toEqual(expect.arrayContaining([...NECESSARY_PURPOSES]));
      expect(event(name).makes, name).toBe('order');
      expect(event(name).retention, name).toBe('commerce');
    }
  });

  it('a checkout is kept for the order, and not for marketing', () => {
    for (const name of CHECKOUT) {
      expect(event(name).purposes, name).toContain('order-fulfilment');
      expect(
        event(name).purposes.some((purpose) => purpose.startsWith('marketing')),
        name,
      ).toBe(false);
    }
  });

  it('a ticket is kept for customer service, makes a case, and serves nothing that needs a choice', () => {
    for (const name of TICKETS) {
      expect(event(name).purposes).toContain('customer-service');
      expect(optional(event(name).purposes)).toEqual([]);
      expect([event(name).makes, event(name).retention]).toEqual(['case', 'service']);
    }
    expect(TICKETS.map((name) => event(name).state)).toEqual(['open', 'open', 'closed']);
  });

  it('what a customer writes freely is sealed as free text', () => {
    const free = (name: string): string[] =>
      event(name)
        .properties.filter((property) => property.freeText)
        .map((property) => property.name);
    expect(free('Support Ticket Opened')).toEqual(['subject', 'body']);
    expect(free('Product Reviewed')).toEqual(['review_body']);
    expect(free('Products Searched')).toEqual(['query']);
  });

  it('a national id serves a legal duty and the fight against fraud, and nothing else', () => {
    expect([...field('identity.nationalId').purposes].sort()).toEqual(['fraud-prevention', 'legal-duty']);
  });

  it('every purpose named is one of those that travel', () => {
    const named = [...catalog.fields, ...catalog.events].flatMap((one) => one.purposes);
    expect(named.filter((purpose) => !PURPOSES.includes(purpose))).toEqual([]);
  });
});

describe('sealing of the built-in catalog', () => {
  it.each([
    'identity.nationalId',
    'identity.passport',
    'identity.drivingLicence',
    'identity.taxId',
    'transaction.iban',
    'transaction.bankAccount',
    'transaction.paymentToken',
    'biometric.faceTemplate',
    'biometric.fingerprint',
    'biometric.voiceprint',
  ])('%s is highly sensitive, sealed apart, and serves no purpose of choice', (name) => {
    expect([field(name).sensitivity, field(name).retention]).toEqual(['highly-sensitive', 'sensitive']);
    expect(optional(field(name).purposes)).toEqual([]);
  });

  it('of a payment card there is room for four digits only', () => {
    expect(field('transaction.paymentCardLast4').maxLength).toBe(4);
  });

  it('health, religion, politics and finances are sealed apart', () => {
    for (const one of catalog.fields.filter((each) => each.class === 'sensitive')) {
      expect([one.sensitivity, one.retention], one.name).toEqual(['sensitive', 'sensitive']);
    }
  });

  it('an address keeps its declared parts only', () => {
    const parts = field('contact.address').members?.map((member) => member.name);
    expect(parts).toEqual(expect.arrayContaining(['street', 'city', 'region', 'postalCode', 'country']));
  });

  it.skipIf(!existsSync(dpvFile))(
    `carries concepts that stand in the vocabulary itself${existsSync(dpvFile) ? '' : ' (skipped: no shared material)'}`,
    () => {
      const iris = new Set(readFileSync(dpvFile, 'utf8').match(/https:\/\/w3id\.org\/dpv\/pd#\w+/g));
      for (const one of [...catalog.fields, ...catalog.events]) expect(iris, one.name).toContain(one.dpv);
      const terms = readFileSync(dpvFile, 'utf8')
        .split('\n')
        .slice(1)
        .flatMap((line) => /^"(\w+)","class","([^"]+)"/.exec(line)?.[2] ?? []);
      const refused = terms.filter((iri) => dpvFault(iri) !== null).map((iri) => iri.split('#')[1]);
      expect(refused.sort()).toEqual([
        ...['CreditCardNumber', 'PINCode', 'Password', 'PaymentCardNumber', 'SecretText'],
      ]);
    },
  );
});
