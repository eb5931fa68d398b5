/** Rules about size, names and places. */
import { isTest, ROOT, SOURCE_FOLDERS, UNTRACKED } from './house.ts';
import { lineOf } from './source.ts';
import type { Breach, CodeFile, Tree } from './tree.ts';

const MOST_LINES = 500;
const USUAL_LINES = 300;
const USUAL_SHARE = 0.95;
const FUNCTION_LINES = 60;

/** Every breach of a rule about size, name or place. */
export function shapeBreaches(tree: Tree, files: readonly CodeFile[]): Breach[] {
  return [...long(tree), ...usual(files), ...functions(files), ...names(tree), ...root(tree)];
}

function lines(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

function long(tree: Tree): Breach[] {
  return [...tree]
    .filter(([, text]) => lines(text) > MOST_LINES)
    .map(([path, text]) => ({
      rule: 'file-length',
      path,
      message: `${lines(text)} lines; at most ${MOST_LINES}`,
    }));
}

function usual(files: readonly CodeFile[]): Breach[] {
  const over = files.filter(({ text }) => lines(text) >= USUAL_LINES);
  if (over.length <= files.length * (1 - USUAL_SHARE)) return [];
  const list = over.map(({ path, text }) => `${path} (${lines(text)})`).join(', ');
  return [
    { rule: 'file-length', path: '.', message: `more than 5 % of files have ${USUAL_LINES} lines: ${list}` },
  ];
}

/** Longest functions, found by their braces. Rough: a return type with parentheses hides one from it. */
function functions(files: readonly CodeFile[]): Breach[] {
  return files
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, source: { code } }) =>
      bodies(code)
        .map(({ start, end }) => ({
          start,
          size: lines(code.slice(start + 1, end).replace(/\n\s*(?=\n)/g, '')) - 1,
        }))
        .filter(({ size }) => size > FUNCTION_LINES)
        .map(({ start, size }) => ({
          rule: 'function-length',
          path: `${path}:${lineOf(code, start)}`,
          message: `a function of ${size} lines; at most ${FUNCTION_LINES}`,
        })),
    );
}

const NO_FUNCTION = /\b(?:if|for|while|switch|catch|with)\s*$/;

function bodies(code: string): { start: number; end: number }[] {
  const open: { start: number; isBody: boolean }[] = [];
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at < code.length; at++) {
    if (code[at] === '{') open.push({ start: at, isBody: opensBody(code, at) });
    if (code[at] !== '}') continue;
    const last = open.pop();
    if (last?.isBody) found.push({ start: last.start, end: at });
  }
  return found;
}

function opensBody(code: string, brace: number): boolean {
  const before = code.slice(Math.max(0, brace - 400), brace).trimEnd();
  if (before.endsWith('=>')) return true;
  const head = /\)(?:\s*:\s*[^;={}()]*)?$/.exec(before);
  if (!head) return false;
  let depth = 0;
  for (let at = head.index; at >= 0; at--) {
    if (before[at] === ')') depth++;
    if (before[at] === '(' && --depth === 0) return !NO_FUNCTION.test(before.slice(0, at));
  }
  return false;
}

const EMPTY_NAME = /^(?:utils?|helpers?|misc|common)$/i;

/** A name that says nothing gathers everything. */
function names(tree: Tree): Breach[] {
  return [...tree.keys()]
    .filter((path) => SOURCE_FOLDERS.includes(path.split('/')[0] as string))
    .filter((path) => path.split(/[/._-]/).some((part) => EMPTY_NAME.test(part)))
    .map((path) => ({ rule: 'name', path, message: 'a name that does not say what is inside' }));
}

function root(tree: Tree): Breach[] {
  const entries = new Set([...tree.keys()].map((path) => path.split('/')[0] as string));
  return [...entries]
    .filter((entry) => !ROOT.includes(entry) && !UNTRACKED.includes(entry))
    .map((path) => ({ rule: 'root', path, message: 'does not belong in the root' }));
}
