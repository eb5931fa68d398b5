import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { identifierToken, messageToken, rowToken, tombstoneToken } from './blind.ts';

const KINDS = Object.keys(IDENTIFIER_KINDS) as IdentifierKind[];
let ctx: TestContext;
let other: TestContext;
beforeAll(async () => {
  ctx = await testContext();
  other = await testContext();
});

const hex = (token: Buffer) => token.toString('hex');

describe('a blind index token', () => {
  it('is the same for the same value, and has 16 bytes that do not hold it', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...KINDS), fc.string({ minLength: 6 }), (store, kind, value) => {
        const token = identifierToken(ctx, store, kind, value);
        expect(token).toEqual(identifierToken(ctx, store, kind, value));
        expect(token).toHaveLength(16);
        expect(token.includes(value)).toBe(false);
      }),
    );
  });

  it('differs by store, by kind, by value and by installation', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { minLength: 3, maxLength: 3 }),
        fc.string(),
        fc.string(),
        (stores, one, two) => {
          fc.pre(one !== two);
          const tokens = stores.flatMap((store) =>
            KINDS.flatMap((kind) =>
              [one, two].flatMap((value) => [
                hex(identifierToken(ctx, store, kind, value)),
                hex(identifierToken(other, store, kind, value)),
              ]),
            ),
          );
          expect(new Set(tokens).size).toBe(tokens.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is one for two spellings of one address or number', () => {
    const store = ctx.random.id();
    const token = (kind: IdentifierKind, value: string, country?: string) => {
      const normalized = normalizeIdentifier(kind, value, country);
      if (!normalized.ok) throw new Error(`not read as ${kind}`);
      return hex(identifierToken(ctx, store, kind, normalized.value));
    };
    expect(token('email', ' Ann@Example.COM ')).toBe(token('email', 'ann@example.com'));
    expect(token('email', 'ａｎｎ@example.com')).toBe(token('email', 'ann@example.com'));
    expect(token('phone', '020 7946 0958', 'GB')).toBe(token('phone', '+44 20 7946 0958'));
    expect(token('userId', 'Ann')).not.toBe(token('userId', 'ann'));
  });

  it('of a message, a row or a tombstone is never that of an identifier, whatever the value', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (store, value) => {
        const identifiers = KINDS.map((kind) => identifierToken(ctx, store, kind, value));
        const tokens = [
          ...identifiers,
          messageToken(ctx, store, value),
          rowToken(ctx, store, value),
          ...KINDS.map((kind, at) => tombstoneToken(ctx, IDENTIFIER_KINDS[kind], identifiers[at]!)),
        ].map(hex);
        expect(new Set(tokens).size).toBe(tokens.length);
      }),
    );
  });
});

describe('a tombstone token', () => {
  it('differs by kind and by installation, though it is made of the same identifier token', () => {
    const identifier = identifierToken(ctx, ctx.random.id(), 'email', 'ann@example.com');
    const tokens = [1, 2, 3].map((kind) => hex(tombstoneToken(ctx, kind, identifier)));
    tokens.push(hex(tombstoneToken(other, 1, identifier)));
    expect(new Set(tokens).size).toBe(4);
    expect(tombstoneToken(ctx, 1, identifier)).toEqual(tombstoneToken(ctx, 1, Buffer.from(identifier)));
  });
});
