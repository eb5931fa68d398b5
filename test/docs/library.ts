/** The documents under test: the README, in two languages, and the guides. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Block, blocksOf } from './blocks.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Its examples are run where importing is tested: `src/edge/cli/import.test.ts`. */
const RUN_ELSEWHERE = new Set(['docs/importing.md']);

/** From the root of the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));
}

/** Documents whose examples are run here. */
export function guides(): string[] {
  const all = ['README.md', 'docs/zh-CN/README.md', ...markdownIn('docs')];
  return all.filter((path) => !RUN_ELSEWHERE.has(path));
}

/** Every document that links to others. */
export function documents(): string[] {
  return [...markdownIn('.'), 'docs/zh-CN/README.md', ...markdownIn('docs'), ...markdownIn('docs/errors')];
}

export function blocksIn(path: string): Block[] {
  return blocksOf(path, read(path));
}

/** Links and pictures of a document that lead nowhere, as `target: why`. Addresses on the web are not followed. */
export function brokenLinks(path: string): string[] {
  const text = read(path).replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => {
    if (/^[a-z]+:/.test(target!)) return [];
    const [file, anchor] = target!.split('#') as [string, string?];
    const goal = file === '' ? path : relative(ROOT, join(ROOT, dirname(path), file));
    if (!existsSync(join(ROOT, goal))) return [`${target}: there is no such file`];
    if (anchor === undefined || anchorsOf(read(goal)).has(anchor)) return [];
    return [`${target}: there is no such heading`];
  });
}

/** Headings as GitHub names them. */
function anchorsOf(markdown: string): Set<string> {
  return new Set(
    [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
