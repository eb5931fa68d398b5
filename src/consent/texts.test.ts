import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONAL_PURPOSES } from '../../contract/names.ts';
import { projectRoot } from '../platform/migrate.ts';
import { allTexts, bestLanguage, pageTexts, parseTexts } from './texts.ts';

const english = readFileSync(join(projectRoot(), 'packs/texts/en.yaml'), 'utf8');

describe('the texts that visitors read', () => {
  it('are there for every purpose in English, and for every page', () => {
    const texts = parseTexts(english, 'en.yaml');
    expect(Object.keys(texts.purposes).toSorted()).toEqual([...OPTIONAL_PURPOSES].toSorted());
    for (const tag of allTexts().keys()) expect(pageTexts(tag).stopButton).not.toBe('');
  });

  it('with a fault fail with the file’s name and the place', () => {
    expect(() => parseTexts(english.replace('  accept:', '  agree:'), 'en.yaml')).toThrow(
      /^en\.yaml at text:/,
    );
    expect(() => parseTexts('{', 'en.yaml')).toThrow('en.yaml is not valid YAML.');
  });

  it('are shown in the language that serves the reader best, else in English', () => {
    const tags = ['en', 'de', 'zh-CN', 'zh-TW', 'nb'];
    const asked = ['de-AT', 'zh', 'zh-Hant-HK', 'zh-SG', 'NO', 'fr', null].map((tag) =>
      bestLanguage(tag, tags),
    );
    expect(asked).toEqual(['de', 'zh-CN', 'zh-TW', 'zh-CN', 'nb', 'en', 'en']);
  });
});
