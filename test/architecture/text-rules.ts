/** Rules about what stands inside a file: types, exports, ports gone round, SQL in the wrong room. */
import { isTest, KEY_TABLES, LIBRARY, PERSONAL_TABLES, roomOf, SQL_EXCEPTIONS } from './house.ts';
import { lineOf } from './source.ts';
import type { Breach, CodeFile } from './tree.ts';

interface Pattern {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly message: string;
  readonly holdsFor: (path: string) => boolean;
}

const everywhere = () => true;
const inSource = (path: string) => path.startsWith('src/') && !isTest(path);
/** Where the ports are made, and where a person or a shell is on the other side. */
const makesPorts = (path: string) =>
  ['platform', 'main'].includes(roomOf(path) ?? '') || path.startsWith('src/edge/cli/');
const inPureRoom = (path: string) =>
  inSource(path) && ['law', 'catalog', 'detect', 'anonymize'].includes(roomOf(path) ?? '');

const PATTERNS: readonly Pattern[] = [
  {
    rule: 'any',
    pattern: /(?:[:<|&,(=]|\b(?:as|extends|is|satisfies|keyof)\b|=>)\s*any\b(?!\s*[:(.?]|\w)/g,
    message: 'the type any',
    holdsFor: everywhere,
  },
  {
    rule: 'default-export',
    pattern: /\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g,
    message: 'a default export',
    holdsFor: (path) => !/\.config\.ts$/.test(path),
  },
  {
    rule: 'decorator',
    pattern: /^[ \t]*@[A-Za-z]\w*/gm,
    message: 'a decorator',
    holdsFor: everywhere,
  },
  {
    rule: 'console',
    pattern: /\bconsole\s*\.\s*\w+/g,
    message: 'console in a room; the log is on ctx',
    holdsFor: (path) => inSource(path) && !path.startsWith('src/edge/cli/') && path !== 'src/main.ts',
  },
  {
    rule: 'ports',
    pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bnew\s+Date\b(?!\s*\()|\bMath\s*\.\s*random\b/g,
    message: 'clock or randomness that is not from ctx',
    holdsFor: (path) => inSource(path) && !makesPorts(path),
  },
  {
    rule: 'ports',
    pattern: /\bprocess\s*\.\s*env\b/g,
    message: 'the environment, which only configuration reads',
    holdsFor: (path) => inSource(path) && !makesPorts(path),
  },
  {
    rule: 'pure',
    pattern:
      /\b(?:randomBytes|randomUUID|randomInt|randomFill(?:Sync)?|getRandomValues|fetch|setTimeout)\s*\(/g,
    message: 'randomness, network or timers in a pure room',
    holdsFor: inPureRoom,
  },
  {
    rule: 'grant',
    pattern: /\bas\s+Grant\b|<\s*Grant\s*>\s*\{|\bmakeGrant\b/g,
    message: 'a Grant made outside the gate',
    holdsFor: (path) => inSource(path) && roomOf(path) !== 'gate' && path !== 'src/vault/grant.ts',
  },
];

/** Every breach of a rule about text. */
export function textBreaches(files: readonly CodeFile[]): Breach[] {
  return files.flatMap((file) => [
    ...patterns(file),
    ...barrels(file),
    ...personalSql(file),
    ...unfinished(file),
  ]);
}

function patterns({ path, source }: CodeFile): Breach[] {
  return PATTERNS.filter(({ holdsFor }) => holdsFor(path)).flatMap(({ rule, pattern, message }) =>
    [...source.code.matchAll(pattern)].map((match) => ({
      rule,
      path: `${path}:${lineOf(source.code, match.index)}`,
      message,
    })),
  );
}

/** A file that only passes on what others export. A room's library is the exception. */
function barrels({ path, source }: CodeFile): Breach[] {
  if (LIBRARY.test(path)) return [];
  if (!source.imports.some(({ reexport }) => reexport)) return [];
  const rest = source.code
    .replace(/\bexport\s+(?:type\s+)?(?:\*(?:\s*as\s+\w+)?|\{[^}]*\})\s*from\s*(['"])\s*\1/g, '')
    .replace(/\bimport\b[^;'"]*(['"])\s*\1/g, '')
    .replace(/[;\s]/g, '');
  return rest === '' ? [{ rule: 'barrel', path, message: 'a file that only re-exports' }] : [];
}

const QUALIFIED = new RegExp(`\\bbailee"?\\."?(${PERSONAL_TABLES.join('|')})\\b`, 'gi');
const UNQUALIFIED = new RegExp(
  `\\b(?:FROM|JOIN|INTO|UPDATE|TABLE(?: IF (?:NOT )?EXISTS)?)\\s+"?(${[...PERSONAL_TABLES, ...KEY_TABLES].join('|')})\\b`,
  'g',
);
const KEY_SQL = new RegExp(`\\bkeys"?\\."?(${KEY_TABLES.join('|')})\\b`, 'gi');

/** `bailee.${table}` could be any table. */
const MADE_UP = /\b(?:bailee|keys)"?\."?$/;

/** SQL on personal tables stands in the vault, SQL on keys in keys. Tests may look at the bare rows. */
function personalSql({ path, source }: CodeFile): Breach[] {
  const room = roomOf(path);
  if (room === null || isTest(path)) return [];
  const found: Breach[] = [];
  for (const { text, start } of source.literals) {
    const at = `${path}:${lineOf(source.code, start)}`;
    const add = (message: string) => found.push({ rule: 'sql', path: at, message });
    for (const [, table] of text.matchAll(QUALIFIED)) {
      if (room !== 'vault' && !isException(room, table as string))
        add(`SQL on bailee.${table} outside the vault`);
    }
    for (const [, table] of text.matchAll(KEY_SQL)) {
      if (room !== 'keys') add(`SQL on keys.${table} outside src/keys`);
    }
    if (room !== 'vault' && MADE_UP.test(text)) add('a table name put together at run time');
    for (const [, table] of text.matchAll(UNQUALIFIED)) add(`${table} without its schema`);
  }
  return found;
}

function isException(room: string, table: string): boolean {
  return SQL_EXCEPTIONS.some((one) => one.room === room && one.table === table.toLowerCase());
}

/** Work left lying: a note to oneself in a comment. */
function unfinished({ path, text, source }: CodeFile): Breach[] {
  const marks = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'];
  return marks
    .map((mark) => text.search(new RegExp(`//.*\\b${mark}\\b|\\*.*\\b${mark}\\b`)))
    .filter((at) => at >= 0)
    .map((at) => ({
      rule: 'unfinished',
      path: `${path}:${lineOf(source.code, at)}`,
      message: 'a note to oneself',
    }));
}
