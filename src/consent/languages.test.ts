/** The languages that visitors are asked in: all of them whole, none of them pushing. */
import { describe, expect, it } from 'vitest';
import { OPTIONAL_PURPOSES } from '../../contract/names.ts';
import { allTexts } from './texts.ts';

const RIGHT_TO_LEFT = ['ar', 'he'];

describe('the texts of the notice', () => {
  it('are there in at least 24 languages, and those that no native speaker read say so', () => {
    expect(allTexts().size).toBeGreaterThanOrEqual(24);
    for (const [tag, { draft }] of allTexts())
      if (!['en', 'zh-CN'].includes(tag)) expect(draft, tag).toBe(true);
  });

  it.each([...allTexts()])(
    'in %s name every purpose, in the direction of the script, each once',
    (tag, texts) => {
      const names = OPTIONAL_PURPOSES.map((purpose) => texts.purposes[purpose]?.name ?? '');
      expect(names.every((name) => name.trim() !== '')).toBe(true);
      expect(new Set(names).size).toBe(OPTIONAL_PURPOSES.length);
      expect(texts.direction).toBe(RIGHT_TO_LEFT.includes(tag) ? 'rtl' : 'ltr');
    },
  );

  it.each([...allTexts()])(
    'in %s offer yes and no in words of about one length, without praise',
    (_, { text }) => {
      const [yes, no] = [text.accept.length, text.refuse.length];
      expect(Math.max(yes, no) / Math.min(yes, no)).toBeLessThan(1.5);
      expect(`${text.accept}${text.refuse}`).not.toContain('!');
      expect(text.accept).not.toBe(text.refuse);
    },
  );
});
