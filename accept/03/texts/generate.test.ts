import { isPossiblePhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { Dice } from '../../crash/dice.ts';
import {
  dniLetter,
  germanTaxDigit,
  hongKongDigit,
  ibanRemainder,
  luhnHolds,
  myNumberDigit,
  nhsDigit,
  nirKey,
  residentHolds,
  rrnDigit,
  taiwanDigit,
} from './checksum.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { generate } from './generate.ts';
import { japanese } from './ja.ts';
import { korean } from './ko.ts';
import type { GoldText, Slots } from './types.ts';
import { simplified, traditional } from './zh-slots.ts';

const chinese = [...generate({ chinese: true, seed: 1 })];
const world = [...generate({ chinese: false, seed: 1 })];
const all = [...chinese, ...world];

function count<T>(list: readonly T[], by: (one: T) => string): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const one of list)
    groups.set(by(one), (groups.get(by(one)) ?? new Set()).add((one as GoldText).template));
  return groups;
}

/** What 400 draws of a slot look like once typed forms are undone. */
function drawn(slots: Slots, name: string): string[] {
  const draw = slots[name] as Slots[string];
  return Array.from({ length: 400 }, (_, at) =>
    draw(new Dice(`${name} ${at}`))
      .text.normalize('NFKC')
      .toUpperCase()
      .replace(/[\s.()-]/g, ''),
  );
}

describe('the held-out texts', () => {
  it('are the same bytes for the same seed, and others for another', () => {
    const lines = (seed: number) => JSON.stringify([...generate({ chinese: true, seed, count: 300 })]);
    expect(lines(7)).toBe(lines(7));
    expect(lines(7)).not.toBe(lines(8));
  });

  it('are as many as asked for, from enough templates of every language', () => {
    expect(chinese.length).toBeGreaterThanOrEqual(5000);
    expect(new Set(chinese.map(({ template }) => template)).size).toBeGreaterThanOrEqual(120);
    expect(world.length).toBeGreaterThanOrEqual(2800);
    const languages = count(world, ({ language }) => language);
    expect([...languages.keys()].sort()).toEqual(['de', 'en', 'es', 'fr', 'ja', 'ko', 'zh']);
    for (const templates of languages.values()) expect(templates.size).toBeGreaterThanOrEqual(40);
    expect([...generate({ chinese: false, seed: 1, count: 12 })]).toHaveLength(12);
  });

  it('have spans in order, apart from each other, inside the text and never around white space', () => {
    for (const { text, spans } of all) {
      let last = 0;
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        const words = text.slice(start, end);
        expect(words.trim()).toBe(words);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('leave no slot unfilled and no literal label in the text', () => {
    for (const { text } of all) expect(text).not.toMatch(/\{[a-zA-Z]+\}|\{[A-Z_]+:|undefined|NaN/);
  });

  it('hold every type in the Chinese set and in the other', () => {
    const types = (texts: readonly GoldText[]) =>
      new Set(texts.flatMap(({ spans }) => spans.map(({ type }) => type)));
    expect(types(chinese).size).toBe(19);
    expect(types(world).size).toBe(19);
  });

  it('write phone numbers that could be dialled', () => {
    const countries = { zh: 'CN', en: 'GB', de: 'DE', fr: 'FR', es: 'ES', ja: 'JP', ko: 'KR' } as const;
    for (const { text, language, spans, template } of all) {
      if (template.startsWith('zh-hant')) continue;
      for (const { start, end } of spans.filter(({ type }) => type === 'PHONE')) {
        const written = text.slice(start, end).normalize('NFKC').replace(/幺/g, '一');
        const digits = written.replace(/[零一二三四五六七八九]/g, (one) =>
          String('零一二三四五六七八九'.indexOf(one)),
        );
        const dialled = digits.replace(/^86-/, '+86').replace('(0)', '');
        const at =
          language === 'en' && /^(?:\(?[2-9])/.test(dialled)
            ? 'US'
            : countries[language as keyof typeof countries];
        expect(isPossiblePhoneNumber(dialled, at), `${language}: a phone number`).toBe(true);
      }
    }
  });
});

describe('an id that is labelled', () => {
  const last = (check: (body: string) => string | null) => (id: string) =>
    check(id.slice(0, -1)) === id.at(-1);
  it.each<[string, Slots, string, (id: string) => boolean]>([
    ['resident id', simplified, 'id', residentHolds],
    ['resident id of 15 digits', simplified, 'oldid', residentHolds],
    ['UnionPay card', simplified, 'unionpay', luhnHolds],
    ['payment card', english, 'card', luhnHolds],
    ['IMEI', english, 'imei', luhnHolds],
    ['IBAN', spanish, 'iban', (id) => ibanRemainder(id) === 1],
    ['NHS number', english, 'nhs', last(nhsDigit)],
    ['German tax id', german, 'taxid', last(germanTaxDigit)],
    ['NIR', french, 'nir', (id) => nirKey(id.slice(0, 13)) === id.slice(13)],
    ['DNI', spanish, 'dni', last(dniLetter)],
    ['NIE', spanish, 'nie', last(dniLetter)],
    ['My Number', japanese, 'mynumber', last(myNumberDigit)],
    ['RRN', korean, 'rrn', last(rrnDigit)],
    ['Taiwanese id', traditional, 'twid', last(taiwanDigit)],
    ['Hong Kong identity card', traditional, 'hkid', last(hongKongDigit)],
  ])('holds its check digit: %s', (_, slots, name, holds) => {
    for (const id of drawn(slots, name)) expect(holds(id)).toBe(true);
  });

  it.each<[string, Slots, string, (id: string) => boolean]>([
    ['resident id', simplified, 'badid', residentHolds],
    ['UnionPay card', simplified, 'badunionpay', luhnHolds],
    ['payment card', english, 'badcard', luhnHolds],
    ['IBAN', english, 'badiban', (id) => ibanRemainder(id) === 1],
    ['NHS number', english, 'badnhs', last(nhsDigit)],
    ['German tax id', german, 'badtaxid', last(germanTaxDigit)],
    ['NIR', french, 'badnir', (id) => nirKey(id.slice(0, 13)) === id.slice(13)],
    ['DNI', spanish, 'baddni', last(dniLetter)],
    ['My Number', japanese, 'badnumber', last(myNumberDigit)],
    ['RRN', korean, 'badrrn', last(rrnDigit)],
  ])('fails it once corrupted, and then bears no label: %s', (_, slots, name, holds) => {
    for (const id of drawn(slots, name)) expect(holds(id)).toBe(false);
    expect((slots[name] as Slots[string])(new Dice('label')).type).toBeUndefined();
  });
});
