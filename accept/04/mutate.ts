/** Small faults for a source file, of the kinds that people make: found in its syntax tree, each by its place. */
import { parseAst } from 'vite';

export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Node {
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

/** Every fault that this file can be given. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  const add = (node: Pick<Node, 'start' | 'end'>, text: string, what: string) =>
    found.push({ file, line: source.slice(0, node.start).split('\n').length, what, ...pick(node), text });
  walk(parseAst(source, { lang: 'ts' }) as unknown as Node, (node) => {
    for (const [text, what] of faults(node, source)) add(node, text, what);
    if (node.type === 'TemplateElement')
      for (const [place, text] of clauses(node, source))
        add(place, text, 'a condition of the query left out');
  });
  return found;
}

function pick({ start, end }: Pick<Node, 'start' | 'end'>) {
  return { start, end };
}

function* faults(node: Node, source: string): Generator<[text: string, what: string]> {
  const textOf = (part: unknown) => source.slice((part as Node).start, (part as Node).end);
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const turned = TURNED[node.operator as string];
      if (turned !== undefined)
        yield [
          `${textOf(node.left)} ${turned} ${textOf(node.right)}`,
          `${String(node.operator)} turned into ${turned}`,
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
      if (node.operator === '!') yield [textOf(node.argument), 'a "not" left out'];
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

function walk(node: Node, visit: (node: Node) => void): void {
  // Types are no behavior.
  if (node.type.startsWith('TS')) return;
  visit(node);
  for (const value of Object.values(node))
    for (const each of Array.isArray(value) ? value : [value])
      if (typeof (each as Node | null)?.type === 'string') walk(each as Node, visit);
}

export function apply(source: string, { start, end, text }: Mutant): string {
  return source.slice(0, start) + text + source.slice(end);
}
