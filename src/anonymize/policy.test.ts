import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPolicy } from './applyPolicy.ts';
import { openFormat } from './keepFormat.ts';
import { parsePolicy } from './policy.ts';
import { openToken } from './token.ts';

const bytes = (name: string) => createHash('sha512').update(name).digest();
const keys = { pseudonym: bytes('p'), token: bytes('t'), format: bytes('f').subarray(0, 32) };
const use = { purpose: 'analytics', recipient: 'agency' };
const shown = (fields: string, record: Record<string, unknown>, locale?: string) =>
  applyPolicy(parsePolicy(`version: 1\nlocale: de-DE\nfields:\n${fields}`), record, {
    use,
    keys,
    ...(locale === undefined ? {} : { locale }),
  });
/** What one rule makes of one value. */
const one = (rule: string, value: unknown, locale?: string) =>
  shown(`  field: ${rule}`, { field: value }, locale).field;

describe('a field', () => {
  it.each([
    ['name', 'Anna Müller', 'A*** M***'],
    ['{ mask: email }', 'anna@example.org', 'a***@e***.org'],
    ['{ mask: keep-last, n: 4 }', 'DE89370400440532013000', '****3000'],
    ['{ mask: keep-first, n: 2 }', 'DE89370400440532013000', 'DE****'],
    ['{ mask: keep-last, n: 4 }', '1234567', '****'],
    ['{ mask: label, text: hidden }', 'anything', 'hidden'],
    ['{ mask: bucket, width: 50 }', 149.99, '100–150'],
    ['{ mask: bucket, width: 1000 }', '-1', '-1.000–0'],
    ['{ mask: bucket, at: [0, 100, 1000] }', 250, '100–1.000'],
    ['{ mask: bucket, at: [0, 100, 1000] }', 1000, '≥ 1.000'],
    ['{ mask: bucket, at: [0, 100, 1000] }', -5, '< 0'],
    ['{ mask: truncate-date, to: year }', '1984-05-17', '1984'],
    ['{ mask: truncate-date, to: quarter }', '1984-05-17', '1984-Q2'],
    ['{ mask: truncate-date, to: month }', '1984-05-17T10:00:00Z', '1984-05'],
    ['{ mask: truncate-date, to: day }', 453_686_400_000, '1984-05-18'],
    ['{ mask: generalize, to: { Berlin: Germany, Paris: France } }', 'Paris', 'France'],
    ['{ mask: generalize, to: { Berlin: Germany }, otherwise: elsewhere }', 'Rome', 'elsewhere'],
    ['keep', 7, 7],
  ])('with %s of %s is shown as %s', (rule, value, due) => expect(one(rule, value)).toBe(due));

  it('is written for the customer’s locale where that is known', () => {
    expect(one('{ mask: bucket, width: 1000 }', 1_500, 'en')).toBe('1,000–2,000');
    expect(one('number', 1_500, 'en')).toBe('1,000–9,999');
    expect(one('number', 1_500)).toBe('1.000–9.999');
  });

  it.each([
    ['{ mask: bucket, width: 50 }', 'about 10'],
    ['{ mask: bucket, width: 50 }', Number.NaN],
    ['{ mask: truncate-date, to: month }', 'yesterday'],
    ['{ mask: truncate-date, to: month }', '1984-13-01'],
    ['{ mask: truncate-date, to: month }', '1984'],
    ['{ mask: keep-last, n: 4 }', { secret: 'a very long value' }],
    ['pseudonym', ['a']],
    ['token', true],
    ['email', 'no address'],
  ])('with %s that cannot read %s is shown to no one', (rule, value) => expect(one(rule, value)).toBeNull());

  it('that the policy does not name is left out, and so is one it drops', () => {
    const record = { name: 'Anna Müller', note: 'secret', toString: 'own' };
    expect(shown('  name: name\n  note: drop\n  absent: keep', record)).toEqual({ name: 'A*** M***' });
  });

  it('as a pseudonym differs from recipient to recipient, and is the same for one', () => {
    const policy = parsePolicy('version: 1\nfields: { id: pseudonym }');
    const pseudonymFor = (recipient: string) =>
      applyPolicy(policy, { id: 'u1' }, { use: { ...use, recipient }, keys }).id;
    expect(pseudonymFor('agency')).toBe(pseudonymFor('agency'));
    expect(pseudonymFor('agency')).not.toBe(pseudonymFor('press'));
  });

  it('as a token or in its format comes back with the key', () => {
    expect(openToken(keys.token, one('token', 'order 7') as string, use)).toBe('order 7');
    const sealed = one('{ mask: keep-format, alphabet: digits }', '0171-555 01 23') as string;
    expect(sealed).toMatch(/^\d{4}-\d{3} \d\d \d\d$/);
    const tweak = Buffer.from(JSON.stringify([use.purpose, use.recipient]));
    expect(openFormat({ key: keys.format, alphabet: 'digits', tweak }, sealed)).toBe('0171-555 01 23');
  });

  it('never shows a long text in full, whatever is in it', () => {
    const rules = [
      '{ mask: keep-last, n: 4 }',
      '{ mask: keep-first, n: 4 }',
      'pseudonym',
      'token',
      'id',
      'name',
    ];
    const text = fc
      .string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 40 })
      .filter((value) => value.trim().length >= 12);
    fc.assert(
      fc.property(fc.constantFrom(...rules), text, (rule, value) => {
        expect(String(one(rule, value))).not.toContain(value.trim());
      }),
    );
  });
});

describe('a refusal names the field and no value', () => {
  it('for a format with fewer than a million values', () => {
    expect(() => one('{ mask: keep-format, alphabet: digits }', '12345')).toThrow(
      expect.objectContaining({
        code: 'domain_too_small',
        message: expect.stringMatching(/^field: .*(?!12345)/),
        details: expect.objectContaining({ field: 'field' }),
      }),
    );
  });

  it('for a key that is missing', () => {
    const policy = parsePolicy('version: 1\nfields: { id: token }');
    expect(() => applyPolicy(policy, { id: 'u1' }, { use })).toThrow('id: The policy needs the key "token".');
  });
});

describe('a policy that is wrong is refused, with its line', () => {
  const head = 'version: 1\nfields:\n';
  it.each([
    ['', '', 1, 'a policy must be a map of names'],
    ['- a\n', '', 1, 'a policy must be a map of names'],
    ['version: 2\nfields: { a: keep }\n', 'version', 1, 'version must be 1'],
    ['version: 1\nlocale: not a locale\nfields: { a: keep }\n', 'locale', 2, 'BCP 47'],
    ['version: 1\nfields: {}\n', 'fields', 2, 'there must be 1'],
    ['version: 1\nmasks: {}\n', 'masks', 2, 'this setting is not known'],
    [`${head}  a: keep\n  b: shuffle\n`, 'fields.b', 4, 'mask must be one of'],
    [`${head}  a: { mask: keep-last }\n`, 'fields.a.n', 1, 'whole number from 1 to 12'],
    [`${head}  a: { mask: keep-last, n: 99 }\n`, 'fields.a.n', 3, 'whole number from 1 to 12'],
    [`${head}  a: { mask: name, n: 4 }\n`, 'fields.a.n', 3, 'this setting is not known'],
    [`${head}  a: { mask: bucket }\n`, 'fields.a.mask', 3, 'either width or at'],
    [`${head}  a: { mask: bucket, at: [3, 1] }\n`, 'fields.a.at', 3, 'numbers that rise'],
    [`${head}  a: { mask: bucket, width: 0 }\n`, 'fields.a.width', 3, 'whole number from 1'],
    [`${head}  a: { mask: truncate-date, to: hour }\n`, 'fields.a.to', 3, 'year, quarter, month, day'],
    [`${head}  a: { mask: generalize, to: { x: 1 } }\n`, 'fields.a.to.x', 3, 'must be a text'],
    [`${head}  a: { mask: keep-format, alphabet: runes }\n`, 'fields.a.alphabet', 3, 'digits, alphanumeric'],
    [`${head}  a: keep\n  a: drop\n`, '', 4, 'unique'],
    [`${head}  a: [\n`, '', 4, ''],
  ])('%j', (text, path, line, wrong) => {
    expect(() => parsePolicy(text)).toThrow(
      expect.objectContaining({
        code: 'invalid_policy',
        details: { path, line, wrong: expect.stringContaining(wrong) },
      }),
    );
  });

  it('may be JSON', () => {
    const policy = parsePolicy(
      JSON.stringify({ version: 1, fields: { 'a.b': { mask: 'keep-last', n: 2 } } }),
    );
    expect(policy.fields.get('a.b')).toEqual({ mask: 'keep-last', n: 2 });
    expect(policy.locale).toBe('en');
  });
});
