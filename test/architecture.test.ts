import { describe, expect, it } from 'vitest';
import { FLOORS } from './architecture/house.ts';
import { breaches } from './architecture/rules.ts';
import { readTree, type Tree } from './architecture/tree.ts';

const verb = 'export function verb(): number {\n  return 1;\n}\n';

/** A small house in which all is well: every rule has something to look at. */
const SOUND: Tree = new Map([
  ['package.json', ''],
  ['contract/names.ts', "export const ROLES = ['support'] as const;\n"],
  ['src/platform/errors.ts', 'export class BaileeError extends Error {}\n'],
  ['src/platform/clock.ts', 'export const now = () => Date.now();\n'],
  [
    'src/law/decide.ts',
    "import { BaileeError } from '../platform/errors.ts';\nexport { BaileeError as Fault };\nexport const a = 1;\n",
  ],
  ['src/detect/read.ts', verb],
  ['src/ledger/append.ts', "export const sql = 'UPDATE bailee.opening SET ledger_index = $1';\n"],
  [
    'src/ledger/verify/log.ts',
    "import { createHash } from 'node:crypto';\nexport const hash = createHash;\n",
  ],
  ['src/keys/sql.ts', "export const keys = 'SELECT 1 FROM keys.data_key';\n"],
  ['src/vault/sql.ts', "export const rows = 'SELECT 1 FROM bailee.event';\n"],
  [
    'src/vault/read.ts',
    "import { rows } from './sql.ts';\nexport const read = rows;\nexport type Sealed = string;\n",
  ],
  ['src/vault/erase.ts', verb],
  ['src/consent/withdraw.ts', verb],
  ['src/staff/train.ts', verb],
  ['src/gate/open.ts', "import { read } from '../vault/read.ts';\nexport const open = read;\n"],
  ['src/collect/ingest.ts', "import { open } from '../gate/open.ts';\nexport const ingest = open;\n"],
  ['src/rights/erase.ts', "import { verb } from '../vault/erase.ts';\nexport const erase = verb;\n"],
  ['src/edge/cli/print.ts', 'export const print = (text: string) => console.log(text);\n'],
  ['src/main.ts', "import { print } from './edge/cli/print.ts';\nprint('ready');\n"],
  [
    'sdk/tracker.ts',
    "import type { ROLES } from '../contract/names.ts';\nexport type Roles = typeof ROLES;\n",
  ],
  ['web/ui/button.tsx', 'export const size = 1;\n'],
  ['web/console/page.tsx', "import { size } from '../ui/button.tsx';\nexport const page = size;\n"],
]);

/** What is found once `path` holds `text`: rules and places. */
function planted(path: string, text: string): string[] {
  return breaches(new Map([...SOUND, [path, text]])).map((one) => `${one.rule} ${one.path}`);
}

describe('the house', () => {
  it('keeps its own plan: no breach in any file', () => {
    const found = breaches(readTree()).map(({ rule, path, message }) => `${path}: ${message} (${rule})`);
    expect(found).toEqual([]);
  });

  it('reads the tree it says it reads', () => {
    const tree = readTree();
    expect(tree.get('src/platform/errors.ts')).toContain('BaileeError');
    expect([...tree.keys()].some((path) => path.startsWith('node_modules/'))).toBe(false);
    expect(FLOORS.flat()).toContain('gate');
  });

  it('finds nothing in a sound house', () => {
    expect(breaches(SOUND)).toEqual([]);
  });

  it('lets a room show itself to outsiders in a file that only re-exports', () => {
    expect(planted('src/ledger/library.ts', "export { sql } from './append.ts';\n")).toEqual([]);
  });
});

describe('a planted breach of the floors is found', () => {
  it.each([
    [
      'a lower room imports an upper one',
      'src/keys/up.ts',
      "import { verb } from '../vault/erase.ts';",
      'floors',
    ],
    ['a room imports the app above all', 'src/gate/up.ts', "import '../main.ts';", 'floors'],
    [
      'rooms on one floor import each other',
      'src/staff/side.ts',
      "import { verb } from '../consent/withdraw.ts';",
      'floors',
    ],
    [
      'pure rooms import each other',
      'src/law/side.ts',
      "import { verb } from '../detect/read.ts';",
      'floors',
    ],
    [
      'a type travels upward',
      'src/ledger/up.ts',
      "import type { Sealed } from '../vault/read.ts';",
      'floors',
    ],
    [
      'a dynamic import goes upward',
      'src/law/late.ts',
      "export const late = () => import('../gate/open.ts');",
      'floors',
    ],
    ['a room that the plan does not know', 'src/cellar/dig.ts', verb, 'plan'],
    [
      'an import that cannot be followed',
      'src/gate/any.ts',
      'export const load = (name: string) => import(name);',
      'computed-import',
    ],
    [
      'the house leans on its tests',
      'src/gate/lean.ts',
      "import { kit } from '../../test/kit/global.ts';",
      'scaffolding',
    ],
  ])('%s', (_, path, text, rule) => {
    expect(planted(path, text)[0]).toMatch(new RegExp(`^${rule} ${path}`));
  });

  it('files that import each other in a circle, be it of types', () => {
    const circle = new Map(SOUND);
    circle.set('src/gate/one.ts', "import { two } from './two.ts';\nexport const one = two;\n");
    circle.set('src/gate/two.ts', "import { three } from './three.ts';\nexport const two = three;\n");
    circle.set(
      'src/gate/three.ts',
      "import type { one } from './one.ts';\nexport const three = 3 as typeof one;\n",
    );
    expect(breaches(circle).map(({ rule }) => rule)).toEqual(['cycle']);
  });
});

describe('a planted breach of the vault is found', () => {
  it.each([
    [
      'a job reads round the gate',
      'src/rights/peek.ts',
      "import { read } from '../vault/read.ts';",
      'vault-doors',
    ],
    [
      'the types of a door that is shut',
      'src/rights/peek.ts',
      "import type { Sealed } from '../vault/read.ts';",
      'vault-doors',
    ],
    [
      'the edge erases by itself',
      'src/edge/http/erase.ts',
      "import { verb } from '../../vault/erase.ts';",
      'vault-doors',
    ],
    [
      'a room borrows the SQL of the vault',
      'src/collect/rows.ts',
      "import { rows } from '../vault/sql.ts';",
      'vault-doors',
    ],
    [
      'SQL on a personal table outside the vault',
      'src/collect/sql.ts',
      "export const a = 'SELECT 1 FROM bailee.field_value';",
      'sql',
    ],
    [
      'SQL on keys outside keys',
      'src/vault/shred.ts',
      'export const a = `DELETE FROM keys.data_key`;',
      'sql',
    ],
    ['a table without its schema', 'src/collect/sql.ts', "export const a = 'SELECT 1 FROM customer';", 'sql'],
    [
      'a table named at run time',
      'src/collect/sql.ts',
      'export const a = (t: string) => `SELECT 1 FROM bailee.\x24{t}`;',
      'sql',
    ],
    ['a grant made by hand', 'src/rights/grant.ts', 'export const grant = {} as Grant;', 'grant'],
  ])('%s', (_, path, text, rule) => {
    expect(planted(path, text).map((found) => found.split(' ')[0])).toContain(rule);
  });
});

describe('a planted breach of purity is found', () => {
  it.each([
    ['a pure room reads files', 'src/law/packs.ts', "import { readFileSync } from 'node:fs';", 'pure'],
    ['a pure room reads files by the old name', 'src/law/packs.ts', "import fs from 'fs';", 'pure'],
    ['a pure room asks the database', 'src/catalog/load.ts', "import pg from 'pg';", 'pure'],
    [
      'a pure room takes a port of platform',
      'src/law/when.ts',
      "import { now } from '../platform/clock.ts';",
      'pure',
    ],
    [
      'a pure room draws lots',
      'src/anonymize/lot.ts',
      'export const lot = () => crypto.getRandomValues(new Uint8Array(4));',
      'pure',
    ],
    [
      'a room looks at the clock on the wall',
      'src/gate/when.ts',
      'export const when = () => Date.now();',
      'ports',
    ],
    ['a room makes a date of its own', 'src/gate/when.ts', 'export const when = () => new Date();', 'ports'],
    ['a room throws dice', 'src/gate/dice.ts', 'export const dice = () => Math.random();', 'ports'],
    [
      'a room reads the environment',
      'src/gate/env.ts',
      'export const url = process.env.DATABASE_URL;',
      'ports',
    ],
    [
      'the verifier shares code with the writer',
      'src/ledger/verify/tree.ts',
      "import { sql } from '../append.ts';",
      'verifier',
    ],
    [
      'the verifier of tables shares code with the search',
      'src/anonymize/verify/table.ts',
      "import { search } from '../table/search.ts';",
      'verifier',
    ],
    [
      'the browser SDK takes code of the server',
      'sdk/open.ts',
      "import { open } from '../src/gate/open.ts';",
      'sdk',
    ],
    ['the browser SDK has a dependency', 'sdk/open.ts', "import pino from 'pino';", 'sdk'],
    ['… one for tags, beside their part', 'sdk/open.ts', "import { CmpApi } from '@iabgpp/cmpapi';", 'sdk'],
    [
      'one web app imports another',
      'web/storefront/page.tsx',
      "import { page } from '../console/page.tsx';",
      'web',
    ],
  ])('%s', (_, path, text, rule) => {
    expect(planted(path, text)).toEqual([`${rule} ${path}:1`]);
  });
});

describe('a planted breach of style is found', () => {
  const long = (count: number) => 'export const a = 1;\n'.repeat(count);
  it.each([
    ['the type any', 'src/gate/a.ts', 'export const a = (b: any) => b;', 'any src/gate/a.ts:1'],
    ['any behind a cast', 'src/gate/a.ts', 'export const a = 1 as any;', 'any src/gate/a.ts:1'],
    [
      'any inside a generic',
      'bench/a.ts',
      'export const a: Map<string, any[]> = new Map();',
      'any bench/a.ts:1',
    ],
    [
      'a default export',
      'src/gate/a.ts',
      'const a = 1;\nexport default a;',
      'default-export src/gate/a.ts:2',
    ],
    [
      'a default export by another name',
      'src/gate/a.ts',
      'const a = 1;\nexport { a as default };',
      'default-export src/gate/a.ts:2',
    ],
    ['a decorator', 'src/gate/a.ts', '@sealed\nexport class A {}', 'decorator src/gate/a.ts:1'],
    ['a barrel', 'src/gate/all.ts', "// All.\nexport { open } from './open.ts';\n", 'barrel src/gate/all.ts'],
    [
      'a library of a room that the house imports',
      'src/keys/a.ts',
      "import { verb } from '../ledger/library.ts';\nverb();",
      'library src/keys/a.ts:1',
    ],
    [
      'a barrel in a library',
      'src/law/verify/library.ts',
      "export { open } from '../decide.ts';\n",
      'barrel src/law/verify/library.ts',
    ],
    ['a room that prints', 'src/gate/a.ts', "console.log('opened');", 'console src/gate/a.ts:1'],
    ['a name that says nothing', 'src/gate/open-utils.ts', verb, 'name src/gate/open-utils.ts'],
    ['a folder that says nothing', 'src/gate/common/a.ts', verb, 'name src/gate/common/a.ts'],
    ['a stray file in the root', 'notes.md', '', 'root notes.md'],
    ['a file of 501 lines', 'src/gate/a.ts', long(501), 'file-length src/gate/a.ts'],
    [
      'a function of 61 lines',
      'src/gate/a.ts',
      `export function a() {\n${'  a();\n'.repeat(61)}}\n`,
      'function-length src/gate/a.ts:1',
    ],
    [
      'an unfinished thought',
      'src/gate/a.ts',
      `${'// TO'}DO: check\nexport const a = 1;`,
      'unfinished src/gate/a.ts:1',
    ],
  ])('%s', (_, path, text, found) => {
    expect(planted(path, text)).toContain(found);
  });

  it('more than one file in twenty with 300 lines', () => {
    const house = new Map([...SOUND, ['src/gate/a.ts', long(300)], ['src/gate/b.ts', long(300)]]);
    expect(breaches(house).map(({ rule }) => rule)).toEqual(['file-length']);
  });

  it('words inside comments, strings and names are no breach', () => {
    const text = [
      '// any of Date.now() and console.log',
      "export const any = 'as any, Math.random(), process.env';",
      'export const all = Promise.any([]);',
      'export function many(company: { any: number }): Date {\n  return new Date(company.any);\n}',
    ].join('\n');
    expect(planted('src/gate/words.ts', text)).toEqual([]);
  });
});
