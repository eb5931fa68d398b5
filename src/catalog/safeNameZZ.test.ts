import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neverStored } from './neverStored.ts';
import { safeName } from './safeName.ts';

fc.configureGlobal({ numRuns: 20000 });
describe('the name of something undeclared', () => {
  it.each([
    'colour',
    'Product Viewed',
    'cart_id',
    '$browser',
    'utm:source',
    'a.b-c',
    '商品閲覧',
    'größe',
    'v2',
  ])('is shown when it looks like a name: %s', (name) => expect(safeName(name)).toBe(name));

  it.each([
    ['an e-mail address', 'anna@example.com'],
    ['a telephone number', '+49 30 123456'],
    ['many digits, however spread', 'a1b2c3d4e5f6'],
    ['digits of another script', '٠١٢٣٤٥'],
    ['a sentence of more than 64 characters', 'x'.repeat(65)],
    ['a run of spaces', 'a  b'],
    ['space at its ends', ' a'],
    ['a control character', 'a\u0007b'],
    ['a line break', 'a\nb'],
    ['a quotation', "a'b"],
    ['a lone surrogate', 'a\ud800'],
    ['a bidirectional override', 'a\u202eb'],
    ['nothing', ''],
    ['a word that objects listen to', '__proto__'],
  ])('is unreadable when it holds %s', (_what, name) => expect(safeName(name)).toBe('(unreadable)'));

  it('never carries an at sign, six digits, a control character or a long text, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.string()), (given) => {
        const name = safeName(given);
        expect(name).not.toMatch(/@|\p{Cc}|(?:\p{Nd}[^\p{Nd}]*){6}/u);
        expect(name.length).toBeLessThanOrEqual(64);
      }),
    );
  });
});

describe('what is stored nowhere', () => {
  it.each([
    'password',
    'user_password',
    'cvv',
    'CVC2',
    'cardNumber',
    'credit-card-number',
    'securityAnswer',
    'pin',
  ])('cannot be declared as %s', (name) => expect(neverStored(name)).toBe(true));

  it.each(['paymentCardLast4', 'paymentToken', 'shipping', 'pinterest', 'passport'])(
    'is not confused with %s',
    (name) => expect(neverStored(name)).toBe(false),
  );
});
