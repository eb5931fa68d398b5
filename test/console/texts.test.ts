import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EVENT_CODES } from '../../src/platform/errors.ts';
import { EN } from '../../web/console/texts/en.ts';
import { ZH } from '../../web/console/texts/zh.ts';

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));
const files = ['console', 'ui'].flatMap((folder) =>
  readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => join(folder, name)),
);

/** What stands in `{{…}}`, in order of name. */
const filled = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

/** Words that a reader would see and no text file holds: between tags, or in an attribute that is read out. */
function ownWords(code: string): string[] {
  const between = [...code.matchAll(/>\s*([A-Za-z][A-Za-z ,.'’!?]{2,})\s*<\//g)].map(([, words]) => words!);
  const read = [...code.matchAll(/\b(?:label|title|placeholder|alt|aria-label|hint)="([^"]+)"/g)];
  return [...between, ...read.map(([, words]) => words!)];
}

describe('the words of the console', () => {
  it('are the same ones in English and in Chinese', () => {
    expect(Object.keys(ZH).sort()).toEqual(Object.keys(EN).sort());
  });

  it('are never empty, and leave the same gaps to be filled', () => {
    for (const [key, english] of Object.entries(EN)) {
      const chinese = ZH[key as keyof typeof EN];
      expect([english.trim() === '', chinese.trim() === ''], key).toEqual([false, false]);
      expect(filled(chinese), key).toEqual(filled(english));
    }
  });

  it('come in both numbers where they are counted', () => {
    const counted = Object.keys(EN).filter((key) => /_(one|other)$/.test(key));
    const bases = counted.map((key) => key.replace(/_(one|other)$/, ''));
    expect(counted.length).toBe(2 * new Set(bases).size);
  });

  it('stand in the text files, and none in a component', () => {
    expect(files.length).toBeGreaterThan(20);
    const found = files.flatMap((file) =>
      ownWords(readFileSync(join(WEB, file), 'utf8')).map((words) => `${file}: ${words}`),
    );
    expect(found).toEqual([]);
  });

  it('would be found in a component', () => {
    expect(ownWords('<p>Hello there</p><input placeholder="Your name" />')).toEqual([
      'Hello there',
      'Your name',
    ]);
  });

  it('never call an event of a batch an error of a page', () => {
    expect(EVENT_CODES.filter((code) => `error.${code}` in EN)).toEqual([]);
  });
});
