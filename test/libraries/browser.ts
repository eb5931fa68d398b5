/**
 * `bailee/browser` as a package: the bundle that the build made, and its declarations. It needs no package, of
 * npm or of Node.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { closureOf, published } from './closure.ts';
import { house, packFolder, ROOT, run } from './pack.ts';

export const BROWSER = 'browser';

/**
 * Writes `bailee-browser.tgz` into `out` and answers its path.
 *
 * @throws Error when the bundle is not built, or when its types would need a package
 */
export function packBrowser(out: string): string {
  const bundle = join(ROOT, 'dist/sdk/browser.mjs');
  if (!existsSync(bundle)) throw new Error('The browser SDK is not built. Run npm run build.');
  mkdirSync(out, { recursive: true });
  const work = mkdtempSync(join(out, 'work-'));
  try {
    const folder = join(work, BROWSER);
    mkdirSync(folder);
    copyFileSync(bundle, join(folder, 'browser.mjs'));
    writeTypes(declarations(work), join(folder, 'types'));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
    return packFolder(BROWSER, folder, 'sdk', out);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function manifest(): object {
  const { version, license } = house();
  return {
    name: 'bailee',
    version,
    description: 'Asks visitors first, remembers what they said, and sends what they allowed.',
    license,
    type: 'module',
    sideEffects: false,
    exports: { './browser': { types: './types/browser.d.ts', default: './browser.mjs' } },
    files: ['browser.mjs', 'types'],
    dependencies: {},
  };
}

/** The folder with the declarations of the SDK, as the compiler makes them from its own settings. */
function declarations(work: string): string {
  const built = join(work, 'built');
  const settings = {
    extends: join(ROOT, 'sdk/tsconfig.json'),
    compilerOptions: {
      rootDir: ROOT,
      outDir: built,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      incremental: false,
      tsBuildInfoFile: null,
    },
    files: [join(ROOT, 'sdk/browser.ts')],
    include: [],
  };
  const config = join(work, 'tsconfig.json');
  writeFileSync(config, JSON.stringify(settings));
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config], ROOT);
  return join(built, 'sdk');
}

function writeTypes(built: string, to: string): void {
  const { files, packages } = closureOf(built, 'browser.d.ts');
  if (packages.size > 0) throw new Error(`The types of bailee/browser need ${[...packages].join(', ')}.`);
  for (const path of files) {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, published(readFileSync(join(built, path), 'utf8')));
  }
}
