/**
 * Bundles what browsers fetch, from `sdk` and `web` into `dist`, and packs each file beside itself. Run by
 * npm after the compiler; plain JavaScript, so that it needs none. What has not changed since the bundles
 * were made is not bundled again: a second `npm start` has nothing to wait for.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Source, target below `dist`, and the form: `iife` for a script element, `es` for a module. */
const BUNDLES = [
  { entry: 'sdk/script.ts', out: 'sdk/bailee.js', format: 'iife' },
  { entry: 'sdk/browser.ts', out: 'sdk/browser.mjs', format: 'es' },
  { entry: 'sdk/iab.ts', out: 'sdk/iab.js', format: 'iife' },
  { entry: 'web/storefront/main.ts', out: 'web/storefront/shop.js', format: 'es' },
];
/** Apps of React: where each is served, and what of its own every page needs. */
const APPS = [
  {
    name: 'console',
    base: '/console/',
    style: 'console.css',
    shell: /web\/(ui|console\/(shell|sign-in\/(?!join)|[^/]+\.tsx?$))/,
  },
  {
    name: 'privacy-center',
    base: '/privacy/',
    style: 'center.css',
    shell: /(contract\/center-languages|web\/(ui|privacy-center\/(shell|sign-in|[^/]+\.tsx?$)))/,
  },
];
const STYLES = [{ entry: 'web/storefront/shop.css', out: 'web/storefront/shop.css' }];

/** All that a bundle is made from: sources, this script, and the versions of what it bundles. */
const SOURCES = ['contract', 'sdk', 'web', 'package-lock.json'];
/** Tells of which sources the bundles below `dist` are. */
const STAMP = join(ROOT, 'dist/bundles.sha256');

/** SHA-256 over path, size and time of change of each source. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const below = statSync(join(ROOT, source)).isDirectory()
      ? readdirSync(join(ROOT, source), { recursive: true }).map((name) => join(source, name))
      : [source];
    for (const name of below.sort()) {
      const { size, mtimeMs } = statSync(join(ROOT, name));
      hash.update(`${name}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** Each bundle that others name is there; an app's files are listed by its manifest. */
function bundled() {
  const made = [...BUNDLES, ...STYLES].map(({ out }) => out);
  const manifests = APPS.map(({ name }) => `web/${name}/manifest.json`);
  return [...made, ...manifests].every((out) => existsSync(join(ROOT, 'dist', out)));
}

/** A production install has no bundler: it takes `dist/sdk` from where it was built. */
async function bundler() {
  try {
    return await import('vite');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.log(
      'vite is not installed, so dist/sdk is left as it is. Install with development dependencies.',
    );
    return null;
  }
}

async function bundle(vite, { entry, out, format }) {
  const { output } = await vite
    .build({
      root: ROOT,
      configFile: false,
      logLevel: 'warn',
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        lib: { entry: join(ROOT, entry), formats: [format], name: 'bailee' },
      },
    })
    .then((built) => [built].flat()[0]);
  put(out, Buffer.from(output[0].code.trim()));
}

/** A page is fetched when it is gone to, and a name tells the content, so browsers keep what they have. */
async function bundleApp(vite, { name, base, style, shell }) {
  const folder = `web/${name}`;
  const [{ default: react }, { default: tailwind }] = await Promise.all([
    import('@vitejs/plugin-react'),
    import('@tailwindcss/vite'),
  ]);
  const { output } = await vite
    .build({
      root: ROOT,
      base,
      configFile: false,
      logLevel: 'warn',
      plugins: [react(), tailwind()],
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        manifest: 'manifest.json',
        rolldownOptions: {
          input: { [name]: join(ROOT, folder, 'main.tsx'), style: join(ROOT, folder, style) },
          output: {
            entryFileNames: 'assets/[name]-[hash].js',
            chunkFileNames: 'assets/[name]-[hash].js',
            assetFileNames: 'assets/[name]-[hash][extname]',
            // What every page needs comes in two files instead of twenty.
            codeSplitting: {
              groups: [
                { name: 'libraries', test: /node_modules\/(?!echarts|@tanstack\/(react-)?virtual)/ },
                { name: 'shell', test: shell },
              ],
            },
          },
        },
      },
    })
    .then((built) => [built].flat()[0]);
  // Names of the build before would be served for ever.
  rmSync(join(ROOT, 'dist', folder), { recursive: true, force: true });
  for (const file of output) put(`${folder}/${file.fileName}`, Buffer.from(file.code ?? file.source));
}

/** The file, and packed beside it, by Brotli and by gzip. */
function put(out, code) {
  const target = join(ROOT, 'dist', out);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
  const zipped = gzipSync(code, { level: 9 });
  writeFileSync(`${target}.gz`, zipped);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const brotli = brotliCompressSync(code, { params: quality });
  writeFileSync(`${target}.br`, brotli);
  console.log(`dist/${out}: ${code.length} bytes, ${zipped.length} gzip, ${brotli.length} brotli`);
}

const sources = fingerprint();
const upToDate = bundled() && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources;
const vite = upToDate ? null : await bundler();
if (vite !== null) {
  rmSync(STAMP, { force: true });
  for (const each of BUNDLES) await bundle(vite, each);
  for (const { entry, out } of STYLES) {
    put(out, readFileSync(join(ROOT, entry)));
  }
  for (const app of APPS) await bundleApp(vite, app);
  writeFileSync(STAMP, sources);
}
