/** What a compiled entry needs: the files that it reaches, and the packages that these name. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { scan } from '../architecture/source.ts';

export interface Closure {
  /** From the folder of the compiled files, with slashes: `src/ledger/tree.js`. */
  readonly files: ReadonlySet<string>;
  /** What is imported and not relative: packages of npm, and modules of Node by their full name. */
  readonly packages: ReadonlySet<string>;
}

/**
 * Follows the imports of `entry` (a `.js` or a `.d.ts`) through `folder`. Declarations may still name the
 * sources (`./tree.ts`); they are followed to the declarations beside them.
 *
 * @throws Error when a file imports what cannot be followed: a specifier computed at run time
 */
export function closureOf(folder: string, entry: string): Closure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const walk = (path: string) => {
    if (files.has(path)) return;
    files.add(path);
    if (path.endsWith('.json')) return;
    const source = scan(readFileSync(join(folder, path), 'utf8'));
    if (source.computed) throw new Error(`${path} imports what cannot be followed.`);
    for (const { specifier } of source.imports) {
      if (specifier.startsWith('.')) walk(target(path, specifier));
      else packages.add(packageOf(specifier));
    }
  };
  walk(entry);
  return { files, packages };
}

function target(from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier);
  return from.endsWith('.d.ts') ? path.replace(/\.[jt]s$/, '.d.ts') : path;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** A declaration whose relative imports name what is published: `./tree.js` for `./tree.ts`. */
export function published(declaration: string): string {
  return declaration.replace(
    /(\b(?:from|import)\s*\(?\s*)(['"])(\.{1,2}\/[^'"\n]+)\.ts\2/g,
    (_, before: string, quote: string, path: string) => `${before}${quote}${path}.js${quote}`,
  );
}
