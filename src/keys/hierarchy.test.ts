import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import { aesGcm } from './cipher.ts';
import { CACHE_MOST, KeyCache, unwrap, type WrapPlace, type WrappedKey, wrap } from './hierarchy.ts';
import { environmentRoot } from './root-environment.ts';

let ctx: TestContext;
beforeAll(async () => {
  ctx = await testContext();
});

const places: fc.Arbitrary<WrapPlace> = fc.record({
  family: fc.constantFrom('data', 'row', 'secret'),
  owner: fc.uuid(),
  class: fc.integer({ min: 0, max: 5 }),
  version: fc.integer({ min: 1, max: 65_535 }),
});
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const PLACE: WrapPlace = {
  family: 'data',
  owner: '01900000-0000-7000-8000-00000000000a',
  class: 1,
  version: 1,
};

const refused = (work: () => unknown) =>
  expect(work).toThrow(expect.objectContaining({ code: 'sealed_value_damaged' }));

describe('a wrapped key', () => {
  it('unwraps at its own place', () => {
    fc.assert(
      fc.property(key, places, (bytes, place) => {
        expect(unwrap(ctx, wrap(ctx, bytes, place), place)).toEqual(bytes);
      }),
    );
  });

  it('is refused for another owner, class, version or family', () => {
    const members = ['family', 'owner', 'class', 'version'] as const;
    fc.assert(
      fc.property(key, places, places, fc.constantFrom(...members), (bytes, place, other, member) => {
        fc.pre(place[member] !== other[member]);
        refused(() => unwrap(ctx, wrap(ctx, bytes, place), { ...place, [member]: other[member] }));
      }),
    );
  });

  it('is refused when its row names another epoch, even one with the same epoch key', async () => {
    const own = await testContext();
    const wrapped = wrap(own, randomBytes(32), PLACE);
    const next = await own.root.advance();
    refused(() => unwrap(own, { ...wrapped, epoch: next }, PLACE));
    const same = own.root.epochKey(wrapped.epoch);
    const twin = { ...own, root: { ...environmentRoot(randomBytes(32), null), epochKey: () => same } };
    expect(unwrap(twin, wrapped, PLACE)).toHaveLength(32);
    refused(() => unwrap(twin, { ...wrapped, epoch: next }, PLACE));
  });

  it('is refused when any byte of it or of its commitment is changed, or the commitment is cut', () => {
    const wrapped = wrap(ctx, randomBytes(32), PLACE);
    for (const part of ['wrapped', 'commitment'] as const)
      for (const at of wrapped[part].keys()) {
        const changed = Buffer.from(wrapped[part]);
        changed[at]! ^= 0x80;
        refused(() => unwrap(ctx, { ...wrapped, [part]: changed }, PLACE));
      }
    refused(() => unwrap(ctx, { ...wrapped, commitment: wrapped.commitment.subarray(0, 16) }, PLACE));
    refused(() => unwrap(ctx, { ...wrapped, commitment: Buffer.alloc(0) }, PLACE));
  });

  it('is refused when it commits to another key than it holds', () => {
    const [one, two] = [wrap(ctx, randomBytes(32), PLACE), wrap(ctx, randomBytes(32), PLACE)];
    refused(() => unwrap(ctx, { ...one, commitment: two.commitment }, PLACE));
  });

  it('says that its epoch was destroyed, when it was', async () => {
    const own = await testContext();
    const wrapped = wrap(own, randomBytes(32), PLACE);
    await own.root.advance();
    await own.root.destroy(wrapped.epoch);
    expect(() => unwrap(own, wrapped, PLACE)).toThrow(expect.objectContaining({ code: 'epoch_destroyed' }));
  });

  it('never shows the key, nor twice the same bytes', () => {
    const bytes = randomBytes(32);
    const [one, two] = [wrap(ctx, bytes, PLACE), wrap(ctx, bytes, PLACE)];
    expect(one.wrapped.equals(two.wrapped)).toBe(false);
    for (const { wrapped, commitment } of [one, two]) {
      expect(wrapped.includes(bytes)).toBe(false);
      expect(commitment.includes(bytes.subarray(0, 8))).toBe(false);
    }
  });
});

describe('the cache of unwrapped keys', () => {
  it('never gives a key for other wrapped bytes, whatever was asked before', () => {
    const cache = new KeyCache();
    const rows = Array.from({ length: 8 }, () => {
      const bytes = randomBytes(32);
      return { bytes, row: wrap(ctx, bytes, PLACE) };
    });
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 40 }), (asked) => {
        for (const at of asked) expect(cache.open(ctx, rows[at]!.row, PLACE)).toEqual(rows[at]!.bytes);
      }),
    );
    const forged = Buffer.from(rows[0]!.row.wrapped);
    forged[20]! ^= 1;
    refused(() => cache.open(ctx, { ...rows[0]!.row, wrapped: forged }, PLACE));
  });

  it('refuses a known key that was copied into the row of another customer, class, version or epoch', () => {
    const cache = new KeyCache();
    const bytes = randomBytes(32);
    const row = wrap(ctx, bytes, PLACE);
    cache.remember(row, PLACE, bytes);
    expect(cache.open(ctx, row, PLACE)).toEqual(bytes);
    refused(() => cache.open(ctx, row, { ...PLACE, owner: ctx.random.id() }));
    refused(() => cache.open(ctx, row, { ...PLACE, class: 2 }));
    refused(() => cache.open(ctx, row, { ...PLACE, version: 2 }));
    expect(() => cache.open(ctx, { ...row, epoch: 999 }, PLACE)).toThrow(/destroyed/);
  });

  it('stays bounded, forgetting the oldest first', () => {
    const cache = new KeyCache();
    const bytes = randomBytes(32);
    const first = wrap(ctx, bytes, PLACE);
    const row = (at: number): WrappedKey => {
      const wrapped = Buffer.alloc(60);
      wrapped.writeUInt32BE(at);
      return { epoch: first.epoch, wrapped, commitment: Buffer.alloc(32) };
    };
    // Rows that only the cache can open.
    for (let at = 0; at < CACHE_MOST; at += 1) cache.remember(row(at), PLACE, bytes);
    expect(cache.open(ctx, row(0), PLACE)).toEqual(bytes);
    for (let at = 0; at < 50; at += 1) cache.remember(row(CACHE_MOST + at), PLACE, bytes);
    expect(cache.size).toBe(CACHE_MOST);
    refused(() => cache.open(ctx, row(49), PLACE));
    for (const at of [50, CACHE_MOST, CACHE_MOST + 49])
      expect(cache.open(ctx, row(at), PLACE)).toEqual(bytes);
    cache.clear();
    expect(cache.size).toBe(0);
    refused(() => cache.open(ctx, row(50), PLACE));
    expect(cache.open(ctx, first, PLACE)).toEqual(bytes);
  });
});

describe('AES-256-GCM', () => {
  it('takes keys of 32 bytes only', () => {
    for (const length of [0, 16, 24, 31, 33, 64])
      expect(() => aesGcm.encrypt(Buffer.alloc(length), Buffer.from('x'), Buffer.alloc(0))).toThrow();
  });
});
