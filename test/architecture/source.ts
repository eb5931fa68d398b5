/**
 * Reads a TypeScript file well enough to know what it imports, without a compiler: a scanner that
 * tells code from comments, strings, templates and regular expressions. What it cannot see: an
 * import whose specifier is computed at run time. `computed` says that there is one.
 */
export interface Import {
  readonly specifier: string;
  /** `import type …` or `export type … from`: nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** `export … from`. */
  readonly reexport: boolean;
  readonly line: number;
}

export interface Literal {
  readonly text: string;
  /** Offset in the file, which is also its offset in `code`. */
  readonly start: number;
  readonly end: number;
}

export interface Source {
  /** As long as the file: comments and the insides of strings and regular expressions are spaces. */
  readonly code: string;
  readonly literals: readonly Literal[];
  readonly imports: readonly Import[];
  /** True when the file has a dynamic import whose specifier is not a plain string. */
  readonly computed: boolean;
}

interface Scan {
  readonly text: string;
  readonly out: string[];
  readonly literals: Literal[];
  at: number;
}

const REGEX_BEFORE =
  /(?:^|[([{},;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|delete|await|yield))\s*$/;

/** Scans a whole file. */
export function scan(text: string): Source {
  const state: Scan = { text, out: text.split(''), literals: [], at: 0 };
  scanCode(state, false);
  const code = state.out.join('');
  const literals = state.literals.sort((a, b) => a.start - b.start);
  return { code, literals, imports: findImports(code, literals), computed: hasComputedImport(code) };
}

function blank(state: Scan, from: number, to: number): void {
  for (let at = from; at < to && at < state.out.length; at++) {
    if (state.out[at] !== '\n') state.out[at] = ' ';
  }
}

/** Code up to the end of the file, or up to the `}` that closes a template's `${`. */
function scanCode(state: Scan, insideTemplate: boolean): void {
  const { text } = state;
  let depth = 0;
  while (state.at < text.length) {
    const char = text[state.at] as string;
    if (char === '/' && (text[state.at + 1] === '/' || text[state.at + 1] === '*')) skipComment(state);
    else if (char === '"' || char === "'") skipString(state, char);
    else if (char === '`') skipTemplate(state);
    else if (char === '/' && startsRegex(state)) skipRegex(state);
    else {
      if (char === '{') depth++;
      if (char === '}' && depth-- === 0 && insideTemplate) return;
      state.at++;
    }
  }
}

function skipComment(state: Scan): void {
  const { text, at } = state;
  const block = text[at + 1] === '*';
  const found = text.indexOf(block ? '*/' : '\n', at + 2);
  const end = found < 0 ? text.length : found + (block ? 2 : 0);
  blank(state, at, end);
  state.at = end;
}

/** A plain string ends at its quote, and at the latest at the end of the line. */
function skipString(state: Scan, quote: string): void {
  const start = state.at;
  let at = start + 1;
  while (at < state.text.length && state.text[at] !== quote && state.text[at] !== '\n') {
    at += state.text[at] === '\\' ? 2 : 1;
  }
  record(state, start + 1, at);
  state.at = at + 1;
}

function skipTemplate(state: Scan): void {
  const { text } = state;
  let start = ++state.at;
  while (state.at < text.length && text[state.at] !== '`') {
    if (text[state.at] === '\\') state.at += 2;
    else if (text.startsWith('${', state.at)) {
      record(state, start, state.at);
      state.at += 2;
      scanCode(state, true);
      start = ++state.at;
    } else state.at++;
  }
  record(state, start, state.at);
  state.at++;
}

function record(state: Scan, start: number, end: number): void {
  state.literals.push({ text: state.text.slice(start, end), start, end });
  blank(state, start, end);
}

function startsRegex(state: Scan): boolean {
  return REGEX_BEFORE.test(state.out.slice(Math.max(0, state.at - 40), state.at).join(''));
}

function skipRegex(state: Scan): void {
  const { text } = state;
  const start = state.at;
  let at = start + 1;
  let inClass = false;
  while (at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/')) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    at++;
  }
  blank(state, start + 1, at);
  state.at = at + 1;
}

const STATEMENT =
  /\b(import|export)\s*(type\b(?!\s*(?:from\b|,|=)))?([\w\s{},*$]*?)(?:\bfrom\s*|(?<=import\s*))(["'])/g;
const DYNAMIC = /(?<![.\w$])(?:import|require)\s*\(\s*(["'`])/g;

function findImports(code: string, literals: readonly Literal[]): Import[] {
  const at = new Map(literals.map((literal) => [literal.start, literal.text]));
  const imports: Import[] = [];
  const add = (match: RegExpMatchArray, typeOnly: boolean, reexport: boolean) => {
    const specifier = at.get((match.index as number) + match[0].length);
    if (specifier === undefined) return;
    imports.push({ specifier, typeOnly, reexport, line: lineOf(code, match.index as number) });
  };
  for (const match of code.matchAll(STATEMENT)) {
    add(match, match[2] !== undefined || onlyTypes(match[3] ?? ''), match[1] === 'export');
  }
  // `import('x').Name` as a type counts as an import that stays: stricter than need be, never laxer.
  for (const match of code.matchAll(DYNAMIC)) add(match, false, false);
  return imports;
}

/** `{ type A, type B }` names types alone. */
function onlyTypes(clause: string): boolean {
  const braces = /^\s*\{([^}]*)\}\s*$/.exec(clause);
  if (!braces) return false;
  const names = (braces[1] as string).split(',').map((name) => name.trim());
  return names.some(Boolean) && names.filter(Boolean).every((name) => name.startsWith('type '));
}

function hasComputedImport(code: string): boolean {
  return /(?<![.\w$])(?:import|require)\s*\(\s*(?:[^"'`\s)]|`[^`]*\$\{)/.test(code);
}

/** The number of the line, from 1, that holds `offset`. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
