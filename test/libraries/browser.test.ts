/** `bailee/browser` is what it says: alone, typed, and its README true in a browser. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, type ShopPages, shopPages } from '../kit/browser.ts';
import { packBrowser } from './browser.ts';
import { exampleOf, install } from './install.ts';
import type { Manifest } from './manifest.ts';
import { ROOT, run } from './pack.ts';

const present = hasBrowser();

/** npm and a compiler on a busy machine. */
const SLOW_MS = 600_000;
const require = createRequire(import.meta.url);
const attw = join(dirname(require.resolve('@arethetypeswrong/cli/package.json')), 'dist/index.js');
let out: string;
let tarball: string;
let folder: string;
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'bailee-browser-'));
  tarball = packBrowser(out);
  folder = join(out, 'page');
  install(tarball, folder);
}, SLOW_MS);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const within = (path: string) => readFileSync(join(folder, 'node_modules/bailee', path), 'utf8');

describe('the browser SDK as a package', { timeout: SLOW_MS }, () => {
  it('passes publint without a word', async () => {
    const bytes = readFileSync(tarball);
    const packed = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages } = await publint({ pack: { tarball: packed as ArrayBuffer }, strict: true });
    expect(messages).toEqual([]);
  });

  it('shows the types that its code has, to whoever imports or bundles it', () => {
    const plain = ['--no-emoji', '--no-color', '--profile', 'esm-only'];
    const said = run(process.execPath, [attw, tarball, ...plain], out);
    expect(said).toMatch(/node16 \(from ESM\) │ OK \(ESM\)/);
    expect(said).toMatch(/bundler +│ OK/);
  });

  it('installs alone: it needs no package, and imports nothing', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['bailee']);
    expect((JSON.parse(within('package.json')) as Manifest).dependencies).toEqual({});
    expect(within('browser.mjs')).not.toMatch(/\bimport\b\s*["'{*]|\bfrom\s*["']/);
  });

  it('carries declarations that the strictest look accepts, with no types but those of a browser', () => {
    writeFileSync(join(folder, 'example.ts'), exampleOf(within('README.md')).code);
    const compilerOptions = {
      target: 'ES2022',
      lib: ['ES2022', 'DOM'],
      module: 'ESNext',
      moduleResolution: 'Bundler',
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['example.ts'] }));
    run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
    expect(() => {
      writeFileSync(
        join(folder, 'example.ts'),
        "import { startBailee } from 'bailee/browser';\nstartBailee({});\n",
      );
      run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
    }).toThrow('writeKey');
  });
});

describe.skipIf(!present)('the example of its README', { timeout: SLOW_MS }, () => {
  let shop: ShopPages;
  beforeAll(async () => {
    shop = await shopPages();
  }, SLOW_MS);

  it('runs in a page that bundles the package, and prints what stands below it', async () => {
    const { code, prints } = exampleOf(within('README.md'));
    const entry = join(folder, 'page.ts');
    writeFileSync(
      entry,
      code
        .replaceAll('https://data.shop.example', shop.url)
        .replaceAll('YOUR_BROWSER_KEY', shop.store.browserKey),
    );
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] } },
    });
    const [bundle] = [built].flat();
    if (bundle === undefined || !('output' in bundle)) throw new Error('Nothing was bundled.');
    const script = `<script type="module">${bundle.output[0].code}</script>`;
    const visit = await shop.visit({
      page: `<!doctype html><html lang="en"><head><title>Tea</title></head><body>${script}</body></html>`,
      printed: true,
    });
    await visit.page.waitForSelector('#bailee', { state: 'attached' });
    await expect.poll(() => visit.run('printed.join("\\n")'), { timeout: 20_000 }).toBe(prints?.trimEnd());
    expect(await visit.run('window.faults')).toEqual([]);
    await expect.poll(() => visit.sent.map(({ path }) => path), { timeout: 20_000 }).toContain('/v1/batch');
  });
});
