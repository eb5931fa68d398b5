/** A folder in which one library is installed and nothing else of the house. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, ROOT, run } from './pack.ts';

interface Example {
  readonly language: string;
  readonly code: string;
  /** What the README says that it prints; null when it does not say. */
  readonly prints: string | null;
}

/**
 * Installs a tarball into an empty `folder` as npm does. What it depends on is taken from the house's own
 * `node_modules`, at the version that it asks for, so that no registry is needed: a package that it does not
 * ask for stays out of reach.
 */
export function install(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const text = run('tar', ['-xzOf', tarball, 'package/package.json'], folder);
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  const linked = Object.keys(dependencies).map((name) => [name, `file:${join(ROOT, 'node_modules', name)}`]);
  const wanted = { private: true, type: 'module', dependencies: Object.fromEntries(linked) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted));
  npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball], folder);
}

/** The first example of a README, and the text below it. */
export function exampleOf(readme: string): Example {
  const found = /^```(js|ts)\n([\s\S]*?)^```\n(?:\s*```text\n([\s\S]*?)^```$)?/m.exec(readme);
  if (found === null) throw new Error('The README has no example in js or ts.');
  const [, language = '', code = '', prints = null] = found;
  return { language, code, prints };
}

/** Runs the example of the library's own README as a reader would, and answers what it prints. */
export function runExample(room: string, folder: string): { printed: string; promised: string | null } {
  const readme = readFileSync(join(folder, 'node_modules/bailee/README.md'), 'utf8');
  const { language, code, prints } = exampleOf(readme);
  writeFileSync(join(folder, `example.${language}`), code);
  writeFileSync(
    join(folder, 'types.ts'),
    `import * as library from 'bailee/${room}';\nexport const all = library;\n`,
  );
  compile(folder, language === 'ts' ? ['types.ts', 'example.ts'] : ['types.ts']);
  return { printed: run(process.execPath, ['example.js'], folder), promised: prints };
}

/** With the strictest look at the library's declarations, and with no types but Node's. */
function compile(folder: string, files: readonly string[]): void {
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2024'],
    module: 'NodeNext',
    strict: true,
    skipLibCheck: false,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], folder);
}
