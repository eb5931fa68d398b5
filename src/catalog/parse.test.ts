import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BaileeError, isBaileeError } from '../platform/errors.ts';
import { buildCatalog } from './build.ts';
import { parseCatalog } from './parse.ts';

const builtIn = parseCatalog(
  readFileSync(new URL('../../packs/catalog/default.yaml', import.meta.url), 'utf8'),
  'default.yaml',
);

const SHOE = `
  - id: 10001
    name: behavior.shoeSize
    class: behavior
    sensitivity: ordinary
    identifiability: none
    purposes: [personalization]
    retention: behavior
    mask: number
    type: number
    traits: [shoeSize]
    dpv: https://w3id.org/dpv/pd#Preference
`;

/** The fault of a store's file, as its author would read it. */
function fault(text: string): BaileeError {
  try {
    buildCatalog([builtIn, parseCatalog(text, 'shop.yaml')]);
  } catch (error) {
    if (isBaileeError(error, 'invalid_catalog')) return error;
    throw error;
  }
  throw new Error('no fault found');
}

const shoe = (from: string, to: string): string => `# our shop\nfields:${SHOE.replace(from, to)}`;

describe('a store extends the catalog', () => {
  it('with a field and an event of its own', () => {
    const text = `
version: 1
propertySets: { size: { size: number, system: string } }
fields:${SHOE}
events:
  - id: 10001
    name: Size Guide Opened
    class: behavior
    sensitivity: ordinary
    purposes: [personalization]
    retention: behavior
    include: [size]
    properties: { items: { type: array, members: size }, remark: freeText }
    dpv: https://w3id.org/dpv/pd#Interest
`;
    const catalog = buildCatalog([builtIn, parseCatalog(text, 'shop.yaml')]);
    expect(catalog.fieldByTrait.get('shoeSize')).toMatchObject({ id: 10001, maxLength: 300, type: 'number' });
    const properties = catalog.eventByName.get('Size Guide Opened')?.properties;
    expect(properties?.map((property) => property.name)).toEqual(['size', 'system', 'items', 'remark']);
    expect(properties?.[3]).toMatchObject({ type: 'string', freeText: true });
    expect(catalog.hash).not.toBe(buildCatalog([builtIn]).hash);
  });

  it('with an alias where two lists are the same', () => {
    const text = `fields:${SHOE.replace('[personalization]', '&p [personalization]')}`;
    expect(() => parseCatalog(text, 'shop.yaml')).not.toThrow();
  });
});

describe('a fault is named with its place and what is allowed', () => {
  it.each([
    ['an unknown class', shoe('class: behavior', 'class: behaviour'), 5, '"behaviour" is not a class'],
    ['an unknown purpose', shoe('[personalization]', '[selling]'), 8, '"selling" is not a purpose'],
    ['an unknown mask', shoe('mask: number', 'mask: blur'), 10, '"blur" is not a mask'],
    [
      'an unknown retention class',
      shoe('retention: behavior', 'retention: forever'),
      9,
      'is not a retention',
    ],
    ['an unknown sensitivity', shoe('sensitivity: ordinary', 'sensitivity: 1'), 6, 'is not a sensitivity'],
    ['an unknown key', shoe('mask: number', 'maskk: number'), 10, '"maskk" is not known here'],
    ['a purpose named twice', shoe('[personalization]', '[research, research]'), 8, 'named twice'],
    ['no purpose', shoe('[personalization]', '[]'), 8, 'at least one purpose'],
    ['a name outside its class', shoe('behavior.shoeSize', 'contact.shoeSize'), 4, 'begin with its class'],
    ['a malformed name', shoe('behavior.shoeSize', 'behavior.Shoe Size'), 4, 'cannot be a name'],
    ['a bad id', shoe('10001', '1.5'), 3, 'whole number'],
    ['an id of the built-in range', shoe('10001', '9000'), 3, 'begin at 10000'],
    ['an id already given', shoe('10001', '16'), 3, 'belongs to "contact.email"'],
    ['a trait already mapped', shoe('[shoeSize]', '[email]'), 12, 'leads to "contact.email"'],
    ['a bad DPV address', shoe('dpv/pd#', 'dpv/xx#'), 13, 'is not a concept of'],
    ['a misspelt DPV concept', shoe('#Preference', '#preference'), 13, 'pd#Preference is'],
    ['a concept of what is never stored', shoe('#Preference', '#PINCode'), 13, 'stored nowhere'],
    ['a low-cardinality identifier', shoe('type: number', 'type: string\n    identifier: email'), 12, 'few'],
    [
      'a boolean identifier',
      shoe('type: number', 'type: boolean\n    identifier: email'),
      12,
      'few possible',
    ],
    ['an order as a field', shoe('type: number', 'identifier: order'), 11, 'named by events'],
    ['a name of what is never stored', shoe('shoeSize', 'cardNumber'), 3, 'stored nowhere'],
    ['a trait of what is never stored', shoe('[shoeSize]', '[user_password]'), 12, 'stored nowhere'],
    ['an object without members', shoe('type: number', 'type: object'), 3, 'members declared'],
    ['members of a number', shoe('type: number', 'type: number\n    members: {a: string}'), 12, 'no members'],
    ['a missing key', shoe('    mask: number\n', ''), 3, 'needs mask'],
    ['a list for a text', shoe('number\n    type', '[number]\n    type'), 10, 'a list is not a mask'],
    ['ordinary biometric data', shoe('class: behavior', 'class: biometric'), 4, 'begin with its class'],
    ['no text at all', '', 1, 'empty'],
    ['a text instead of a map', 'hello', 1, 'must be a map'],
    ['a duplicate key', 'version: 1\nversion: 1', 2, 'unique'],
    ['a newer format', 'version: 2', 1, 'from 1 to 1'],
    ['bad YAML', 'fields: [', 1, ''],
    ['a missing value', 'fields:\nevents: []', 1, 'list'],
    ['an unknown tag', 'fields: !run [x]', 1, 'Unresolved tag'],
  ])('%s', (_what, text, line, words) => {
    const error = fault(text);
    expect(error.message).toContain(words);
    expect(error.details).toMatchObject({ file: 'shop.yaml', line });
    expect(error.message).toMatch(/^shop\.yaml:\d+:\d+/);
  });

  it('with the whole of what is allowed', () => {
    const error = fault(shoe('mask: number', 'mask: blur'));
    expect(error.message).toBe(
      'shop.yaml:10:11 fields[0].mask: "blur" is not a mask. Allowed: name, email, phone, address, date, id, card-last4, ip, text, number, place, hidden.',
    );
    expect(error.details).toMatchObject({ column: 11, path: 'fields[0].mask' });
  });

  it('of the same name or id twice in one file', () => {
    expect(fault(`fields:${SHOE}${SHOE}`).message).toContain('is taken already');
    const other = SHOE.replace('shoeSize', 'hatSize').replace('[shoeSize]', '[hatSize]');
    expect(fault(`fields:${SHOE}${other}`).message).toContain('the id 10001 belongs to "behavior.shoeSize"');
  });

  it('of biometric or other sensitive data that is not sealed apart', () => {
    const biometric = SHOE.replaceAll('behavior.', 'biometric.').replace(
      'class: behavior',
      'class: biometric',
    );
    expect(fault(`fields:${biometric}`).message).toContain('always highly-sensitive');
    const high = biometric.replace('ordinary', 'highly-sensitive');
    expect(fault(`fields:${high}`).message).toContain('under the retention class sensitive');
    const sealed = high.replace('retention: behavior', 'retention: sensitive');
    expect(fault(`fields:${sealed}`).message).toContain('never serves "personalization"');
    expect(() => fault(`fields:${sealed.replace('[personalization]', '[legal-duty]')}`)).toThrow('no fault');
    const belief = SHOE.replaceAll('behavior.', 'sensitive.').replace('class: behavior', 'class: sensitive');
    expect(fault(`fields:${belief}`).message).toContain('never ordinary');
  });

  it('of an event that makes an order or a case it cannot name', () => {
    const made = (makes: string): string => `
events:
  - { id: 10001, name: Sold, class: transaction, sensitivity: ordinary, purposes: [legal-duty],
      retention: commerce, dpv: "https://w3id.org/dpv/pd#Purchase", ${makes} }`;
    expect(fault(made('makes: order, state: completed')).message).toContain('"order_id"');
    expect(fault(made('makes: order')).message).toContain('needs the state');
    expect(fault(made('makes: case, state: lost')).message).toContain('Allowed: open, closed');
    expect(fault(made('without: [x]')).message).toContain('declared already');
    expect(fault(made('include: [nothing]')).message).toContain('not one of propertySets');
    expect(fault(made('properties: { cvv: string }')).message).toContain('stored nowhere');
    expect(fault(made('properties: { "a@b": string }')).message).toContain('name of a property');
    expect(fault(made('properties: { __proto__: string }')).message).toContain('name of a property');
  });
});

describe('a hostile file', () => {
  it('of aliases that multiply is refused, not expanded', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const lines = levels.map((name, index) => {
      const inner = index === 0 ? 'x' : `*${levels[index - 1]}`;
      return `  ${name}: &${name} [${Array.from({ length: 12 }, () => inner).join(', ')}]`;
    });
    expect(fault(`propertySets:\n${lines.join('\n')}`).message).toMatch(/more than 50000|nested deeper/);
  });

  it('of members within members is refused', () => {
    const open = '{ type: object, members: { a: '.repeat(9);
    expect(
      fault(`propertySets: {}\nevents: [{ name: X, properties: { a: ${open}string${' } }'.repeat(9)} } }]`)
        .message,
    ).toMatch(/nested deeper/);
    const loop =
      'propertySets: { a: { b: { type: object, members: a } } }\nevents: [{ name: X, include: [a] }]';
    expect(fault(loop).message).toContain('nested deeper than 5');
  });

  it('of any kind gives a catalog or a fault with a place, and nothing else', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.json().map((json) => `fields: ${json}`),
      fc.json().map((json) => `events: [{ name: X, properties: ${json} }]`),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          parseCatalog(given, 'x.yaml');
        } catch (error) {
          if (!(error instanceof BaileeError)) throw error;
          expect(error.code).toBe('invalid_catalog');
          expect(error.details?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
