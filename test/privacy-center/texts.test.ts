/** The words of the privacy center: all of them in every language, and none beside the files of texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CENTER_LANGUAGES } from '../../contract/center-languages.ts';
import { ROLES } from '../../contract/names.ts';
import { FIELDS_EN } from '../../contract/names-en.ts';
import { REFUSALS, REQUEST_KINDS, REQUEST_STATES } from '../../contract/requests.ts';
import { allTexts } from '../../src/consent/texts.ts';
import { centerLanguage } from '../../src/edge/http/privacy-page.ts';
import { TEXTS as EN } from '../../web/privacy-center/texts/en.ts';

const WEB = fileURLToPath(new URL('../../web/privacy-center/', import.meta.url));
const TAGS = Object.keys(CENTER_LANGUAGES);
const OWN_LETTERS =
  /[\p{Script=Arabic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const OWN_SCRIPT = ['ar', 'ja', 'ko', 'zh-CN'];

interface Words {
  readonly TEXTS: Readonly<Record<string, string>>;
  readonly FIELDS: Readonly<Record<string, string>>;
}
const wordsOf = async (tag: string) =>
  (await import(`../../web/privacy-center/texts/${tag}.ts`)) as unknown as Words;

/** What stands in `{…}`, in order of name. */
const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** Words that a reader would see and no file of texts holds. */
function ownWords(code: string): string[] {
  const between = [...code.matchAll(/>\s*([A-Za-z][A-Za-z ,.'’!?]{2,})\s*<\//g)].map(([, words]) => words!);
  const read = [...code.matchAll(/\b(?:label|title|placeholder|alt|aria-label|hint)="([^"]+)"/g)];
  return [...between, ...read.map(([, words]) => words!)];
}

describe('the words of the privacy center', () => {
  it('are there in at least twelve languages, one file each, and the notice speaks all of them', () => {
    const files = readdirSync(join(WEB, 'texts')).filter((name) => name !== 'shape.ts');
    expect(files.map((name) => name.replace('.ts', '')).sort()).toEqual([...TAGS].sort());
    expect(TAGS.length).toBeGreaterThanOrEqual(12);
    for (const tag of TAGS)
      expect(allTexts().get(tag)?.direction, tag).toBe(
        CENTER_LANGUAGES[tag as keyof typeof CENTER_LANGUAGES].direction,
      );
  });

  it.each(TAGS)('in %s are whole, never empty, and leave the same gaps to be filled', async (tag) => {
    const { TEXTS, FIELDS } = await wordsOf(tag);
    expect(Object.keys(TEXTS)).toEqual(Object.keys(EN));
    for (const [key, english] of Object.entries(EN)) {
      expect(TEXTS[key]?.trim(), key).not.toBe('');
      expect(gaps(TEXTS[key]!), key).toEqual(gaps(english));
    }
    expect(Object.keys(FIELDS)).toEqual(Object.keys(FIELDS_EN));
    expect(Object.values(FIELDS).filter((name) => name.trim() === '')).toEqual([]);
  });

  it.each(TAGS.filter((tag) => OWN_SCRIPT.includes(tag)))(
    'in %s leave no sentence in Latin letters',
    async (tag) => {
      const { TEXTS } = await wordsOf(tag);
      expect(Object.entries(TEXTS).filter(([, text]) => !OWN_LETTERS.test(text))).toEqual([]);
    },
  );

  it('name every kind and state of a request, every reason of a refusal and every role', () => {
    const wanted = [
      ...REQUEST_KINDS.map((kind) => `kind.${kind}`),
      ...REQUEST_STATES.map((state) => `state.${state}`),
      ...REFUSALS.map((reason) => `refusal.${reason}`),
      ...ROLES.map((role) => `role.${role}`),
    ];
    expect(wanted.filter((key) => !(key in EN))).toEqual([]);
  });

  it('offer yes and no in words of about one length, and a no to everything in one tap', async () => {
    for (const tag of TAGS) {
      const { TEXTS } = await wordsOf(tag);
      const [yes, no] = [TEXTS['delete.yes']!.length, TEXTS['delete.no']!.length];
      expect(Math.max(yes, no) / Math.min(yes, no), tag).toBeLessThan(2.5);
      expect(TEXTS['choices.allNo'], tag).not.toBe('');
    }
  });

  it('stand in the files of texts, and none in a component', () => {
    const components = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    );
    expect(components.length).toBeGreaterThan(15);
    const found = components.flatMap((file) =>
      ownWords(readFileSync(join(WEB, file), 'utf8')).map((words) => `${file}: ${words}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the language of the document', () => {
  it.each([
    ['de', undefined, 'de'],
    ['pt-BR', undefined, 'pt'],
    ['zh-TW', undefined, 'zh-CN'],
    ['xx', undefined, 'en'],
    ['"><script>', undefined, 'en'],
    [undefined, 'fr-CH, fr;q=0.9, en;q=0.8', 'fr'],
    [undefined, 'xx, ko;q=0.5', 'ko'],
    [undefined, 'en-GB, de;q=0.5', 'en'],
    [undefined, undefined, 'en'],
  ])('of %s, with %s accepted, is %s', (query, accepted, language) => {
    expect(centerLanguage(query, accepted)).toBe(language);
  });
});
