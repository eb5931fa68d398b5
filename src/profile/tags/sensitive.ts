/** Which words of `packs/tags` a tag may not hold. Read once; a faulty file fails at the first definition. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { detect } from '../../detect/detect.ts';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';

const FILE = 'packs/tags/sensitive.yaml';
const Document = Type.Object(
  {
    version: Type.Literal(1),
    kinds: Type.Record(
      Type.String(),
      Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1 }),
    ),
  },
  { additionalProperties: false },
);
const HAN = /\p{Script=Han}/u;

interface Kind {
  readonly kind: string;
  readonly pattern: RegExp;
}

let kinds: readonly Kind[] | null = null;

function readKinds(): readonly Kind[] {
  const document: unknown = parse(readFileSync(join(projectRoot(), FILE), 'utf8'));
  if (!Value.Check(Document, document))
    throw new BaileeError('invalid_configuration', `${FILE} is not as it should be.`);
  return Object.entries(document.kinds).map(([kind, words]) => ({
    kind,
    pattern: new RegExp(words.map(patternOf).join('|'), 'iu'),
  }));
}

/** A word as a whole, with a star as the beginning of one; Chinese anywhere, since it has no spaces. */
function patternOf(word: string): string {
  const bare = word.replace(/\*$/, '').replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  if (HAN.test(word)) return bare;
  return `(?<![\\p{L}\\p{N}])${bare}${word.endsWith('*') ? '' : '(?![\\p{L}\\p{N}])'}`;
}

/** The sensitive kind that the text states (`health` …), or null. */
export function sensitiveKind(text: string): string | null {
  kinds ??= readKinds();
  const plain = text.normalize('NFKC');
  return kinds.find(({ pattern }) => pattern.test(plain))?.kind ?? null;
}

/** True when somebody's personal data stands in the text: a tag names nobody. */
export function namesSomebody(text: string): boolean {
  return detect(text).length > 0;
}
