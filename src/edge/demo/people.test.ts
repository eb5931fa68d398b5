import { isPossiblePhoneNumber, isValidPhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { people } from './people.ts';

const NOW = Date.UTC(2026, 10, 22);
const everyone = people(1, NOW, 200);

describe('the people of the demo shop', () => {
  it('are two hundred, from ten countries, the first ten from each', () => {
    expect(everyone).toHaveLength(200);
    expect(new Set(everyone.slice(0, 10).map((person) => person.region.country)).size).toBe(10);
    expect(new Set(everyone.map((person) => person.region.country)).size).toBe(10);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(people(1, NOW, 200).map((person) => person.name)).toEqual(everyone.map((person) => person.name));
    expect(people(2, NOW, 200).map((person) => person.name)).not.toEqual(
      everyone.map((person) => person.name),
    );
  });

  it('stay who they are when the shop has more of them', () => {
    expect(people(1, NOW, 20).map((person) => person.email)).toEqual(
      everyone.slice(0, 20).map((person) => person.email),
    );
  });

  it('share no user id, device, e-mail or phone, so that no two become one', () => {
    for (const key of ['userId', 'anonymousId', 'email', 'phone'] as const) {
      const values = everyone.map((person) => person[key]).filter((value) => value !== undefined);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('have e-mail addresses that reach nobody', () => {
    for (const { email } of everyone) {
      expect(/^[a-z]+\.[a-z]+\d+@[a-z]+\.example\.(com|org|net)$/.test(email)).toBe(true);
    }
  });

  it('have phones that are possible and valid in their country, over many seeds', () => {
    const phones = [1, 2, 3, 4, 5].flatMap((seed) => people(seed, NOW, 200).map((person) => person.phone));
    const given = phones.filter((phone) => phone !== undefined);
    expect(given.length).toBeGreaterThan(950);
    expect(given.filter((phone) => !isPossiblePhoneNumber(phone))).toHaveLength(0);
    expect(given.filter((phone) => !isValidPhoneNumber(phone))).toHaveLength(0);
  });

  it.each([
    ['CN', /^\p{Script=Han}+$/u],
    ['JP', /^[\p{Script=Han}\p{Script=Hiragana} ]+$/u],
    ['KR', /^\p{Script=Hangul}+$/u],
    ['IN', /^[\p{Script=Devanagari} ]+$/u],
    ['EG', /^[\p{Script=Arabic} ]+$/u],
  ])('write their names in the script of %s', (country, script) => {
    const names = everyone.filter((person) => person.region.country === country).map((person) => person.name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.every((name) => script.test(name))).toBe(true);
  });

  it('have national ids, where a shop asks for them, whose check digits are wrong', () => {
    const ids = everyone.map((person) => person.nationalId).filter((id) => id !== undefined);
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids) {
      const digits = id.replace(/\D/g, '');
      const sum = [...digits.slice(0, 10)].reduce((total, digit, at) => total + Number(digit) * (11 - at), 0);
      expect(((sum * 10) % 11) % 10).not.toBe(Number(digits[10]));
    }
  });

  it('are grown up, and were not born after today', () => {
    for (const { birthday } of everyone) {
      const years = (NOW - Date.parse(birthday)) / (365.25 * 86_400_000);
      expect(years).toBeGreaterThanOrEqual(19);
      expect(years).toBeLessThan(78);
    }
  });

  it('answered differently when asked, and some were never asked', () => {
    const share = (count: number) => count / everyone.length;
    const granted = (purpose: 'analytics' | 'personalization' | 'marketing-email') =>
      share(everyone.filter((person) => person.consent?.[purpose]).length);
    expect(granted('analytics')).toBeGreaterThan(granted('personalization'));
    expect(granted('personalization')).toBeGreaterThan(granted('marketing-email'));
    expect(granted('marketing-email')).toBeGreaterThan(0.2);
    expect(share(everyone.filter((person) => person.consent === undefined).length)).toBeGreaterThan(0.05);
  });
});
