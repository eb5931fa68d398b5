/** Small faults for a source file, of the kinds that people make: found in its syntax tree, each by its place. */
import { parseAst } from 'vite';

export interface Mutant {
  /** The same as long as the line reads the same, wherever it stands in the file. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const TURNED: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '&&': '||',
  '||': '&&',
  '+': '-',
  '-': '+',
};
const CLAUSE = / AND [^`()]+?(?= AND |\n|`| ORDER| FOR|\)|$)/g;

/** Every fault that this file can be given. What would not even parse is none. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  const lines = source.split('\n');
  const named = new Map<string, number>();
  const add = ({ start, end }: Pick<Node, 'start' | 'end'>, text: string, what: string) => {
    const line = source.slice(0, start).split('\n').length;
    const like = `${file} ${what}: ${lines[line - 1]?.trim()}`;
    const nth = (named.get(like) ?? 0) + 1;
    named.set(like, nth);
    const mutant = { name: `${like} ${nth}`, file, line, what, start, end, text };
    if (parses(apply(source, mutant))) found.push(mutant);
  };
  walk(parse(source), (node) => {
    for (const [text, what] of faults(node, source)) add(node, text, what);
    if (node.type === 'TemplateElement')
      for (const [place, text] of clauses(node, source))
        add(place, text, 'a condition of the query left out');
  });
  return found;
}

export function parse(source: string): Node {
  return parseAst(source, { lang: 'ts' }) as unknown as Node;
}

function parses(source: string): boolean {
  try {
    parse(source);
    return true;
  } catch {
    return false;
  }
}

function* faults(node: Node, source: string): Generator<[text: string, what: string]> {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const operator = node.operator as string;
      const turned = TURNED[operator];
      if (turned === undefined) break;
      const [left, right] = [node.left as Node, node.right as Node];
      const between = source.slice(left.end, right.start).replace(operator, turned);
      yield [
        source.slice(node.start, left.end) + between + source.slice(right.start, node.end),
        `${operator} turned into ${turned}`,
      ];
      break;
    }
    case 'IfStatement': {
      const rest = source.slice((node.test as Node).end, node.end);
      yield [`if (true${rest}`, 'a condition always holds'];
      yield [`if (false${rest}`, 'a condition never holds'];
      break;
    }
    case 'ThrowStatement':
      yield [';', 'a refusal left out'];
      break;
    case 'ExpressionStatement':
      if (/^(Await|Call)Expression$/.test((node.expression as Node).type)) yield [';', 'a step left out'];
      break;
    case 'UnaryExpression':
      if (node.operator === '!') yield [source.slice(node.start + 1, node.end), 'a "not" left out'];
      break;
    case 'Literal':
      if (typeof node.value === 'boolean') yield [String(!node.value), 'a yes turned into a no'];
      break;
    default:
  }
}

/** The conditions of a query after its first, one by one. */
function* clauses(node: Node, source: string): Generator<[Pick<Node, 'start' | 'end'>, string]> {
  const text = source.slice(node.start, node.end);
  for (const { 0: clause, index } of text.matchAll(CLAUSE))
    yield [{ start: node.start + index, end: node.start + index + clause.length }, ''];
}

/** Calls `visit` for each part of a program, from the outside in. */
export function walk(node: Node, visit: (node: Node) => void): void {
  // Types are no behavior, but what is said to be of a type may be.
  if (/^TS(As|Satisfies|NonNull)/.test(node.type)) walk(node.expression as Node, visit);
  if (node.type.startsWith('TS')) return;
  visit(node);
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? value : [value])
      if (typeof (each as Node | null)?.type === 'string') walk(each as Node, visit);
}

export function apply(source: string, { start, end, text }: Omit<Mutant, 'name'>): string {
  return source.slice(0, start) + text + source.slice(end);
}
