import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../detect.ts';
import { FLAG } from '../flags.ts';
import { fold } from '../fold.ts';
import { CONTEXT_WORDS } from '../words/context.ts';
import { mayHoldSecret } from './secret.ts';

const SECRETS = new Set(['PAYMENT_CARD', 'SECRET']);

describe('a text that is passed over in the search for secrets', () => {
  it('holds none that a full search would find, whatever it is made of', () => {
    const piece = fc.constantFrom(
      ...[
        'the parcel ',
        'order 12345 ',
        '4111 1111 1111 1111',
        '4111',
        ' ',
        ': ',
        '=',
        'hunter2-Horse',
        'is ',
      ],
      ...[
        'AKIA',
        'IOSFODNN7EXAMPLE',
        'sk-',
        'abcdefghij0123456789',
        'eyJ',
        '.',
        'PASSWORT',
        'ｐａｓｓｗｏｒｄ',
      ],
      ...['密码', '是', '비밀번호', '四一一一一一一一', '一一一一一一一一', '１２３４', 'Token', 'Key'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = pieces.join('');
        fc.pre(!mayHoldSecret(fold(text)));
        expect(detect(text, { minScore: 0 }).filter(({ type }) => SECRETS.has(type))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has none of the words that secrets follow', () => {
    const words = CONTEXT_WORDS.filter(([flag]) => flag === FLAG.secret).flatMap(([, list]) =>
      list.split(' '),
    );
    expect(words.length).toBeGreaterThan(10);
    for (const word of words.filter((each) => /^\p{L}+$/u.test(each)))
      expect(mayHoldSecret(`${word.toUpperCase()}: x`), word).toBe(true);
  });

  it.each(
    'AKIAIOSFODNN7EXAMPLE ghp_x github_pat_x glpat-x sk_live_x rk_test_x sk-x xoxb-x AIzax ya29.x npm_x SG.x eyJx shpat_x whsec_x dop_v1_x LTAIx'.split(
      ' ',
    ),
  )('has no prefix of an issuer: %s', (key) => {
    expect(mayHoldSecret(key)).toBe(true);
  });

  it('is an ordinary one', () => {
    expect(mayHoldSecret('The mug is broken, order 4711. 杯子坏了，谢谢。')).toBe(false);
  });
});
