import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCatalog } from '../catalog/build.ts';
import { parseCatalog } from '../catalog/parse.ts';
import { isBaileeError } from '../platform/errors.ts';
import { projectRoot } from '../platform/migrate.ts';
import { bindMapping } from './import-bind.ts';
import { parseMapping } from './import-mapping.ts';

const catalog = buildCatalog([
  parseCatalog(readFileSync(join(projectRoot(), 'packs/catalog/default.yaml'), 'utf8'), 'default.yaml'),
]);

function faultOf(yaml: string): string {
  try {
    bindMapping(parseMapping(yaml, 'm.yaml'), catalog);
    return 'none';
  } catch (error) {
    if (!isBaileeError(error, 'invalid_mapping')) throw error;
    return error.message;
  }
}

const ORDER = 'order: { number: N, at: D }';

describe('a mapping', () => {
  it('names each column once, whatever it is used for', () => {
    const mapping = parseMapping(
      'version: 1\nrows: order-line\norder: { number: N, at: D, cancelled: { column: N, startsWith: C } }\nline: { product_id: P }',
      'm.yaml',
    );
    expect(mapping.columns.map((each) => each.name)).toEqual(['N', 'D', 'P']);
  });

  it.each([
    ['', 'm.yaml:1:1: the file is empty.'],
    [
      'version: 1\nrows: lines',
      'm.yaml:2:7 rows: "lines" is not a kind of row. Allowed: order-line, message.',
    ],
    [`version: 1\nrows: order-line\n${ORDER}`, 'm.yaml:1:1: "line" is missing.'],
    [
      'version: 1\nrows: order-line\norder: { at: D }\nline: { product_id: P }',
      'm.yaml:3:8 order: "number" is missing.',
    ],
    [
      `version: 1\nrows: order-line\n${ORDER}\nline:\n  colour: C`,
      'm.yaml:5:11 line.colour: "colour" is not a declared property of a product. Allowed: product_id,',
    ],
    [
      `version: 1\nrows: order-line\n${ORDER}\nline: { quantity: { column: Q, type: text } }`,
      'm.yaml:4:19 line.quantity: "quantity" cannot be of the type text. Allowed: integer, decimal.',
    ],
    [
      'version: 1\nrows: order-line\norder: { number: N, at: { column: D, format: mm.DD } }\nline: { price: P }',
      'm.yaml:3:46 order.at.format: "mm.DD" is not a format of dates.',
    ],
    [
      'version: 1\nrows: order-line\norder: { number: N, at: { column: D, timezone: Mars } }\nline: { price: P }',
      'm.yaml:3:48 order.at.timezone: "Mars" is not a time zone, like Europe/Berlin.',
    ],
    [
      'version: 1\nrows: message\nmessage: { type: identify, traits: { email: E } }',
      'm.yaml:3:10 message: a message needs a userId or an anonymousId.',
    ],
    [
      'version: 1\nrows: message\nmessage: { type: identify, userId: U, traits: { shoe: S } }',
      'm.yaml:3:55 message.traits.shoe: "shoe" is not a declared trait or field.',
    ],
    [
      'version: 1\nrows: message\nmessage: { type: identify, userId: U, traits: { address: { planet: P } } }',
      'm.yaml:3:68 message.traits.address.planet: "planet" is not declared for "address". Allowed: street,',
    ],
    [
      'version: 1\nrows: message\nmessage: { type: track, userId: U, event: { is: Ship Sunk } }',
      'm.yaml:3:43 message.event: "Ship Sunk" is not a declared event.',
    ],
    [
      'version: 1\nrows: message\nmessage: { type: identify, userId: U, consent: { fun: F } }',
      'm.yaml:3:55 message.consent.fun: "fun" is not a purpose that needs a choice.',
    ],
    [
      'version: 1\nrows: message\nline: { price: P }\nmessage: { type: identify, userId: U }',
      'm.yaml:3:7 line: rows are messages, so there is no line.',
    ],
  ])('says where it is wrong: %j', (yaml, expected) => {
    expect(faultOf(yaml)).toContain(expected);
  });

  it('that is ready fits the built-in catalog', () => {
    const folder = join(projectRoot(), 'packs/imports');
    for (const name of readdirSync(folder))
      expect([name, faultOf(readFileSync(join(folder, name), 'utf8'))]).toEqual([name, 'none']);
  });
});
