/**
 * Reads a catalog's YAML into values that remember where they stand, so that every fault can name
 * file, line and column. What comes out is plain: lists, maps and scalars; aliases are resolved.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { BaileeError } from '../platform/errors.ts';

const MAX_TEXT = 1_000_000;
const MAX_NODES = 50_000;
const MAX_DEPTH = 16;

/** Where something stands in a catalog file; line and column count from 1. */
export interface Spot {
  readonly file: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export type Located =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly spot: Spot }
  | { readonly kind: 'list'; readonly items: readonly Located[]; readonly spot: Spot }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Located>; readonly spot: Spot };

export type LocatedMap = Extract<Located, { kind: 'map' }>;

/** Throws `BaileeError('invalid_catalog')` that says where, what is wrong and what is allowed. */
export function fail(spot: Spot, wrong: string, allowed?: readonly string[]): never {
  const place = `${spot.file}:${spot.line}:${spot.column}`;
  const path = spot.path === '' ? '' : ` ${spot.path}`;
  const hint = allowed === undefined ? '' : ` Allowed: ${allowed.join(', ')}.`;
  throw new BaileeError('invalid_catalog', `${place}${path}: ${wrong}.${hint}`, {
    file: spot.file,
    line: spot.line,
    column: spot.column,
    path: spot.path,
    wrong,
    ...(allowed === undefined ? {} : { allowed }),
  });
}

/** A value of the file as it may stand in a message: short and in quotes. */
export function quoted(value: unknown): string {
  const text = String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** `text` is the YAML (1.2, core schema), `source` the name of the file for messages. */
export function locate(text: string, source: string): Located {
  const start: Spot = { file: source, path: '', line: 1, column: 1 };
  if (text.length > MAX_TEXT) fail(start, `the file is longer than ${MAX_TEXT} characters`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const spotAt = (offset: number, path: string): Spot => {
    const { line, col } = lines.linePos(offset);
    return { file: source, path, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) fail(spotAt(fault.pos[0], ''), fault.message.replace(/\.$/, ''));
  if (document.contents === null) fail(start, 'the file is empty');

  let nodes = 0;
  const visit = (node: Node, path: string, depth: number): Located => {
    const spot = spotAt(node.range?.[0] ?? 0, path);
    nodes += 1;
    if (nodes > MAX_NODES) fail(spot, `more than ${MAX_NODES} values, aliases resolved`);
    if (depth > MAX_DEPTH) fail(spot, `nested deeper than ${MAX_DEPTH}`);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) fail(spot, 'the alias names nothing');
      return visit(target, path, depth + 1);
    }
    if (isMap(node)) return { kind: 'map', entries: entriesOf(node, path, depth), spot };
    if (isSeq(node)) {
      const items = node.items.map((item, index) =>
        visit(item as ParsedNode, `${path}[${index}]`, depth + 1),
      );
      return { kind: 'list', items, spot };
    }
    return { kind: 'scalar', value: scalarOf(node, spot), spot };
  };
  const entriesOf = (map: YAMLMap, path: string, depth: number): Map<string, Located> => {
    const entries = new Map<string, Located>();
    for (const pair of map.items) {
      const key = pair.key as ParsedNode;
      const spot = spotAt(key.range?.[0] ?? 0, path);
      if (!isScalar(key) || typeof key.value !== 'string') fail(spot, 'a key must be a text');
      const at = path === '' ? key.value : `${path}.${key.value}`;
      const value = pair.value as ParsedNode | null;
      if (value === null) fail({ ...spot, path: at }, 'the value is missing');
      entries.set(key.value, visit(value, at, depth + 1));
    }
    return entries;
  };
  return visit(document.contents, '', 0);
}

function scalarOf(node: Node, spot: Spot): string | number | boolean | null {
  const value = isScalar(node) ? node.value : undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return value;
  return fail(spot, 'only texts, numbers, true, false, lists and maps may stand here');
}
