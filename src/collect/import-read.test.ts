import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCatalog } from '../catalog/build.ts';
import { parseCatalog } from '../catalog/parse.ts';
import { projectRoot } from '../platform/migrate.ts';
import { type BoundOrderLines, bindMapping } from './import-bind.ts';
import { parseMapping } from './import-mapping.ts';
import { readLine } from './import-read.ts';

const builtIn = readFileSync(join(projectRoot(), 'packs/catalog/default.yaml'), 'utf8');
const withNote = builtIn.replace('  order:\n', '  order:\n    gift_note: freeText\n');
const mapping = `version: 1
rows: order-line
order: { number: N, at: D, withoutCustomer: guest, details: { gift_note: G, coupon: C } }
line: { product_id: P }`;

describe('an imported order line', () => {
  it('has its free text read like any other, and its fixed values left as they are', () => {
    const catalog = buildCatalog([parseCatalog(withNote, 'default.yaml')]);
    const bound = bindMapping(parseMapping(mapping, 'm.yaml'), catalog);
    const cells: Record<string, string> = {
      N: 'o-1',
      D: '2026-02-03T04:05:06Z',
      G: 'For anna@example.com, paid with 4111 1111 1111 1111',
      C: 'SPRING',
      P: 'p-1',
    };
    const values = bound.columns.map((name) => cells[name]!);
    const line = readLine(bound, bound.target as BoundOrderLines, { row: 'r', values });
    expect(line).toMatchObject({
      details: {
        coupon: 'SPRING',
        gift_note: {
          '@text': 'For anna@example.com, paid with [card 1111]',
          '@spans': [[4, 20, 'EMAIL']],
        },
      },
    });
  });
});
