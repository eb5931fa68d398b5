/** The libraries are what they say: alone, typed, and their READMEs true. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closureOf, published } from './closure.ts';
import { exampleOf, install, runExample } from './install.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import { packLibraries, ROOT, run } from './pack.ts';
import { libraryRooms } from './rooms.ts';

/** npm and a compiler on a busy machine. */
const SLOW_MS = 600_000;
const require = createRequire(import.meta.url);
const attw = join(dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
const rooms = libraryRooms(ROOT);
let out: string;
let tarballs: Map<string, string>;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'bailee-libraries-'));
  tarballs = packLibraries(rooms, out);
}, SLOW_MS);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const tarballOf = (room: string) => tarballs.get(room) as string;

describe('the libraries of the house', { timeout: SLOW_MS }, () => {
  it('are ledger and keys at least', () => {
    expect(rooms).toEqual(expect.arrayContaining(['keys', 'ledger']));
  });

  it.each(rooms)('bailee/%s passes publint without a word', async (room) => {
    const bytes = readFileSync(tarballOf(room));
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages } = await publint({ pack: { tarball: tarball as ArrayBuffer }, strict: true });
    expect(messages).toEqual([]);
  });

  it.each(rooms)('bailee/%s shows the types that its code has, to whoever imports it', (room) => {
    const plain = ['--no-emoji', '--no-color', '--profile', 'esm-only'];
    const said = run(process.execPath, [attw, tarballOf(room), ...plain], out);
    expect(said).toMatch(/node16 \(from ESM\) │ OK \(ESM\)/);
  });

  it.each(rooms)(
    'bailee/%s installs alone, and the example of its README prints what stands below it',
    (room) => {
      const folder = join(out, `with-${room}`);
      install(tarballOf(room), folder);
      const { dependencies = {} } = JSON.parse(
        readFileSync(join(folder, 'node_modules/bailee/package.json'), 'utf8'),
      ) as { dependencies?: Record<string, string> };
      const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
      const tops = Object.keys(dependencies).map((name) => name.split('/')[0] as string);
      expect(installed.sort()).toEqual([...new Set(['bailee', ...tops])].sort());
      const { printed, promised } = runExample(room, folder);
      if (promised !== null) expect(printed).toBe(promised);
    },
  );

  it.each(['keys', 'ledger'])('bailee/%s needs no package at all: no database, no server', (room) => {
    const text = run('tar', ['-xzOf', tarballOf(room), 'package/package.json'], out);
    expect((JSON.parse(text) as Manifest).dependencies).toEqual({});
  });
});

describe('a library is packed with what it reaches and no more', () => {
  const house = {
    version: '1.0.0',
    license: 'Apache-2.0',
    engines: { node: '>=20' },
    dependencies: { yaml: '2.9.1', pg: '8.23.1' },
    devDependencies: { '@types/node': '20.19.43' },
  };

  it('takes the exact versions of the house for what it imports', () => {
    expect(manifestOf('law', house, ['yaml', 'node:crypto'], false)).toMatchObject({
      dependencies: { yaml: '2.9.1' },
    });
  });

  it('lets data packs of the room be found by those who import it', () => {
    const { exports, files } = manifestOf('law', house, [], true) as Record<string, object>;
    expect(exports).toMatchObject({ './law/packs/*': './packs/*' });
    expect(files).toEqual(['lib', 'packs']);
  });

  it('refuses a package that is no dependency of the house', () => {
    expect(() => manifestOf('law', house, ['left-pad'], false)).toThrow('left-pad');
  });

  it('follows code and declarations, and refuses an import that is computed', () => {
    const folder = join(out, 'planted');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.js'), "import { b } from './b.js';\nimport 'yaml';\nexport const a = b;\n");
    writeFileSync(join(folder, 'b.js'), "import { hash } from 'node:crypto';\nexport const b = hash;\n");
    writeFileSync(join(folder, 'unused.js'), 'export const unused = 1;\n');
    writeFileSync(join(folder, 'a.d.ts'), "import type { B } from './b.ts';\nexport declare const a: B;\n");
    writeFileSync(join(folder, 'b.d.ts'), 'export type B = string;\n');
    writeFileSync(join(folder, 'c.js'), 'export const c = (name) => import(name);\n');
    const { files, packages } = closureOf(folder, 'a.js');
    expect([[...files], [...packages]]).toEqual([
      ['a.js', 'b.js'],
      ['node:crypto', 'yaml'],
    ]);
    expect([...closureOf(folder, 'a.d.ts').files]).toEqual(['a.d.ts', 'b.d.ts']);
    expect(() => closureOf(folder, 'c.js')).toThrow('c.js');
  });

  it('names in its declarations what is published, not the sources', () => {
    const before =
      "export { a } from './a.ts';\nexport declare const b: import('../b.ts').B; // from './c.ts'";
    expect(published(before)).toContain(
      "export { a } from './a.js';\nexport declare const b: import('../b.js').B;",
    );
  });

  it('finds the example of a README, and says when there is none', () => {
    const fence = '```';
    const readme = `# A\n\n${fence}js\na();\n${fence}\n\n${fence}text\n1\n${fence}\n`;
    expect(exampleOf(readme)).toEqual({ language: 'js', code: 'a();\n', prints: '1\n' });
    expect(() => exampleOf('# A\n')).toThrow('no example');
  });
});
