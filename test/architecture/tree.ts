/** The tree that the rules judge: a map from path to text, real or planted. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SOURCE_FOLDERS, UNTRACKED } from './house.ts';
import { type Import, type Source, scan } from './source.ts';

/** Path from the root, with slashes → text. Only files that the rules read have their text. */
export type Tree = ReadonlyMap<string, string>;

export interface Breach {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

export interface CodeFile {
  readonly path: string;
  readonly text: string;
  readonly source: Source;
}

/** An import as a place in the tree, or as the package it names. */
export type Target = { readonly path: string } | { readonly package: string };

const CODE = /\.(ts|tsx|mts|cts|js|mjs|jsx|sql|css)$/;

/** Reads the real tree: what git would keep, whether or not git is there. */
export function readTree(root = join(dirname(fileURLToPath(import.meta.url)), '../..')): Tree {
  const files = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (folder === '' && isLeftToGit(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else files.set(path, CODE.test(path) ? readFileSync(join(root, path), 'utf8') : '');
    }
  };
  walk('');
  return files;
}

function isLeftToGit(name: string): boolean {
  return name === '.git' || UNTRACKED.includes(name) || name.endsWith('.log');
}

/** The TypeScript of the house, scanned. */
export function codeFiles(tree: Tree): CodeFile[] {
  return [...tree]
    .filter(([path]) => /\.tsx?$/.test(path) && SOURCE_FOLDERS.includes(path.split('/')[0] as string))
    .map(([path, text]) => ({ path, text, source: scan(text) }));
}

/** Where an import leads. `../keys/seal.ts` seen from `src/vault/read.ts` → `src/keys/seal.ts`. */
export function targetOf(from: string, { specifier }: Import): Target {
  if (specifier.startsWith('.')) return { path: posix.normalize(posix.join(posix.dirname(from), specifier)) };
  if (specifier.startsWith('node:')) return { package: specifier };
  const parts = specifier.split('/');
  return { package: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
