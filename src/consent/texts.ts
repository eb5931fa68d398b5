/** The texts that visitors read, one file a language in `packs/texts`. Read once; a faulty file fails with its name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { NoticeText } from '../../contract/consent.ts';
import { OPTIONAL_PURPOSES, type Purpose } from '../../contract/names.ts';
import { BaileeError } from '../platform/errors.ts';
import { projectRoot } from '../platform/migrate.ts';

/** A purpose that a language lacks is shown in English. */
const PurposeText = Type.Optional(Type.Object({ name: Type.String(), description: Type.String() }));

/** Of the pages behind links in mails. English where a language has none yet. */
const PageTexts = Type.Object(
  {
    confirmSubject: Type.String(),
    confirmBody: Type.String(),
    confirmTitle: Type.String(),
    confirmButton: Type.String(),
    confirmDone: Type.String(),
    stopTitle: Type.String(),
    stopButton: Type.String(),
    stopDone: Type.String(),
    linkOver: Type.String(),
  },
  { additionalProperties: false },
);

const TextsDocument = Type.Object(
  {
    language: Type.String(),
    direction: Type.Union([Type.Literal('ltr'), Type.Literal('rtl')]),
    draft: Type.Boolean(),
    purposes: Type.Object(
      Object.fromEntries(OPTIONAL_PURPOSES.map((purpose) => [purpose, PurposeText])) as Record<
        Purpose,
        typeof PurposeText
      >,
      { additionalProperties: false },
    ),
    text: NoticeText,
    pages: Type.Optional(PageTexts),
  },
  { additionalProperties: false },
);
export type Texts = Static<typeof TextsDocument>;

/** Reads one file. Throws `invalid_configuration` that names the file and the place. */
export function parseTexts(yaml: string, file: string): Texts {
  let document: unknown;
  try {
    document = parse(yaml);
  } catch {
    throw fault(`${file} is not valid YAML.`);
  }
  if (Value.Check(TextsDocument, document)) return document;
  const [first] = Value.Errors(TextsDocument, document);
  const where = first?.instancePath === '' || first === undefined ? '' : ` at ${first.instancePath.slice(1)}`;
  throw fault(`${file}${where}: ${first?.message ?? 'is not a file of texts'}.`);
}

function fault(message: string): BaileeError {
  return new BaileeError('invalid_configuration', message, { faults: [message] });
}

let known: ReadonlyMap<string, Texts> | null = null;

/** All languages, by their tag. Throws `invalid_configuration`. */
export function allTexts(): ReadonlyMap<string, Texts> {
  if (known !== null) return known;
  const folder = join(projectRoot(), 'packs', 'texts');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  known = new Map(
    files.map((name) => {
      const texts = parseTexts(readFileSync(join(folder, name), 'utf8'), `packs/texts/${name}`);
      return [texts.language, texts];
    }),
  );
  return known;
}

const FALLBACK = 'en';

/** Chinese is written in two ways, and who writes which is known by the region. */
const TRADITIONAL = new Set(['tw', 'hk', 'mo', 'hant']);

/**
 * The tag among `languages` that serves someone who reads `asked` (BCP 47; RFC 4647 lookup, from the whole tag
 * down to the language), else English.
 */
export function bestLanguage(asked: string | null, languages: Iterable<string>): string {
  const byName = new Map([...languages].map((tag) => [tag.toLowerCase(), tag]));
  const parts = (asked ?? FALLBACK).toLowerCase().split('-');
  for (let length = parts.length; length > 0; length -= 1) {
    const found = byName.get(parts.slice(0, length).join('-'));
    if (found !== undefined) return found;
  }
  if (parts[0] === 'zh') {
    const chinese = parts.some((part) => TRADITIONAL.has(part)) ? 'zh-tw' : 'zh-cn';
    return byName.get(chinese) ?? byName.get('zh-cn') ?? FALLBACK;
  }
  if (parts[0] === 'no') return byName.get('nb') ?? FALLBACK;
  return FALLBACK;
}

/** Texts of the pages behind links in mails; English where a language has none yet. */
export function pageTexts(language: string): NonNullable<Texts['pages']> {
  return allTexts().get(language)?.pages ?? allTexts().get('en')!.pages!;
}
