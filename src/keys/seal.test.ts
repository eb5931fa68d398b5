import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestContext, testContext } from '../../test/kit/context.ts';
import type { Place } from './associated.ts';
import { aesGcm } from './cipher.ts';
import type { DataKey } from './hierarchy.ts';
import { makeMissing, readRing } from './ring.ts';
import { rotate } from './rotate.ts';
import { seal, sealBytes, unseal, unsealBytes } from './seal.ts';
import { shredKeys } from './sql.ts';

const keys = fc
  .record({
    bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    version: fc.integer({ min: 1, max: 65_535 }),
  })
  .map(({ bytes, version }): DataKey => ({ bytes: Buffer.from(bytes), version }));
const places: fc.Arbitrary<Place> = fc.record({
  store: fc.uuid(),
  customer: fc.uuid(),
  row: fc.uuid(),
  rowVersion: fc.nat({ max: 0xffff_ffff }),
  field: fc.nat({ max: 0xffff_ffff }),
});
const HEADER_NONCE_TAG = 4 + 12 + 16;

const refused = (work: () => unknown) => expect(work).toThrow(/does not match its place or its key/);

describe('a sealed value', () => {
  it('opens as it was, whatever JSON it is and wherever it lies', () => {
    fc.assert(
      fc.property(keys, places, fc.jsonValue(), (key, place, value) => {
        const sealed = seal(aesGcm, key, place, value);
        expect(unseal(aesGcm, key, place, sealed)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is refused when any one of its bytes is changed', () => {
    fc.assert(
      fc.property(
        keys,
        places,
        fc.string(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (key, place, value, at, flip) => {
          const sealed = seal(aesGcm, key, place, value);
          sealed[at % sealed.length]! ^= flip;
          refused(() => unseal(aesGcm, key, place, sealed));
        },
      ),
    );
    const key = { bytes: Buffer.alloc(32, 7), version: 3 };
    const place = fc.sample(places, { numRuns: 1, seed: 1 })[0]!;
    const sealed = seal(aesGcm, key, place, 'each byte in turn');
    for (const at of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      refused(() => unseal(aesGcm, key, place, changed));
    }
  });

  it('is refused when cut or lengthened', () => {
    fc.assert(
      fc.property(keys, places, fc.string({ maxLength: 40 }), (key, place, value) => {
        const sealed = seal(aesGcm, key, place, value);
        for (let length = 0; length < sealed.length; length += 1)
          refused(() => unseal(aesGcm, key, place, sealed.subarray(0, length)));
        refused(() => unseal(aesGcm, key, place, Buffer.concat([sealed, Buffer.of(0)])));
      }),
      { numRuns: 20 },
    );
  });

  it('is refused in another store, customer, row, version or field', () => {
    const members = ['store', 'customer', 'row', 'rowVersion', 'field'] as const;
    fc.assert(
      fc.property(
        keys,
        places,
        places,
        fc.constantFrom(...members),
        fc.string(),
        (key, place, other, member, value) => {
          fc.pre(place[member] !== other[member]);
          const sealed = seal(aesGcm, key, place, value);
          refused(() => unseal(aesGcm, key, { ...place, [member]: other[member] }, sealed));
        },
      ),
    );
  });

  it('is refused when row and customer, or version and field, change places', () => {
    fc.assert(
      fc.property(keys, places, (key, place) => {
        fc.pre(place.row !== place.customer && place.rowVersion !== place.field);
        const sealed = seal(aesGcm, key, place, 'value');
        refused(() => unseal(aesGcm, key, { ...place, row: place.customer, customer: place.row }, sealed));
        refused(() =>
          unseal(aesGcm, key, { ...place, field: place.rowVersion, rowVersion: place.field }, sealed),
        );
      }),
    );
  });

  it('is refused by any other key, and by the same bytes under another version', () => {
    fc.assert(
      fc.property(keys, keys, places, fc.string(), (key, other, place, value) => {
        fc.pre(!key.bytes.equals(other.bytes) && key.version !== other.version);
        const sealed = seal(aesGcm, key, place, value);
        refused(() => unseal(aesGcm, { bytes: other.bytes, version: key.version }, place, sealed));
        refused(() => unseal(aesGcm, { bytes: key.bytes, version: other.version }, place, sealed));
      }),
    );
  });

  it('names its key version in a header that cannot be rewritten', () => {
    fc.assert(
      fc.property(keys, places, fc.integer({ min: 1, max: 65_535 }), (key, place, version) => {
        fc.pre(version !== key.version);
        const sealed = seal(aesGcm, key, place, 'value');
        expect(sealed.readUInt16BE(2)).toBe(key.version);
        sealed.writeUInt16BE(version, 2);
        refused(() => unseal(aesGcm, { bytes: key.bytes, version }, place, sealed));
      }),
    );
  });

  it('tells only the step of its length: 32, 64, 128, then each 256 bytes', () => {
    const key = { bytes: Buffer.alloc(32, 1), version: 1 };
    const place = fc.sample(places, { numRuns: 1, seed: 1 })[0]!;
    const steps = new Map<number, number[]>();
    for (let length = 0; length <= 1100; length += 1) {
      const sealed = sealBytes(aesGcm, key, place, Buffer.alloc(length, 0x61));
      const step = sealed.length - HEADER_NONCE_TAG;
      steps.set(step, [...(steps.get(step) ?? []), length]);
      expect(unsealBytes(aesGcm, key, place, sealed).length).toBe(length);
    }
    expect([...steps].map(([step, lengths]) => [step, lengths[0], lengths.at(-1)])).toEqual([
      [32, 0, 28],
      [64, 29, 60],
      [128, 61, 124],
      [256, 125, 252],
      [512, 253, 508],
      [768, 509, 764],
      [1024, 765, 1020],
      [1280, 1021, 1100],
    ]);
  });

  it('looks different each time: no two seals of one value share their bytes', () => {
    const key = { bytes: Buffer.alloc(32, 1), version: 1 };
    const place = fc.sample(places, { numRuns: 1, seed: 1 })[0]!;
    const nonces = Array.from({ length: 5000 }, () =>
      sealBytes(aesGcm, key, place, Buffer.from('same')).subarray(4, 16).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});

describe('the key of a customer', () => {
  let ctx: TestContext;
  beforeAll(async () => {
    ctx = await testContext();
  });

  const place = (customer: string): Place => ({
    store: '01900000-0000-7000-8000-000000000001',
    customer,
    row: customer,
    rowVersion: 1,
    field: 7,
  });

  async function ringFor(customer: string) {
    return ctx.db.transaction(async (tx) => {
      const ring = await readRing(ctx, tx, [customer]);
      await makeMissing(ctx, tx, ring, [{ customer, class: 1 }]);
      return ring;
    });
  }

  it('survives a rotation, and once shredded is gone for everyone at once and never made again', async () => {
    const customer = ctx.random.id();
    const key = (await ringFor(customer)).newest(customer, 1)!;
    const sealed = seal(ctx.cipher, key, place(customer), 'kept');
    const before = ctx.root.currentEpoch();
    const rotation = await rotate(ctx);
    expect(rotation.destroyed).toEqual([before]);
    expect(() => ctx.root.epochKey(before)).toThrow(/destroyed/);
    const ring = await ctx.db.transaction((tx) => readRing(ctx, tx, [customer]));
    expect(unseal(ctx.cipher, ring.at(customer, 1, sealed)!, place(customer), sealed)).toBe('kept');
    await ctx.db.transaction((tx) => shredKeys(tx, [customer], [1], new Date(ctx.clock.now())));
    const after = await ringFor(customer);
    expect(after.at(customer, 1, sealed)).toBeNull();
    expect(after.newest(customer, 1)).toBeNull();
    expect(after.state(customer, 1)).toBe('shredded');
    expect(after.retained(customer)).toEqual([]);
  });

  it('is one for two writers at once, and a value too short to name a key is called damaged', async () => {
    const customer = ctx.random.id();
    const rings = await Promise.all([ringFor(customer), ringFor(customer), ringFor(customer)]);
    const found = rings.map((ring) => ring.newest(customer, 1)!.bytes.toString('hex'));
    expect(new Set(found).size).toBe(1);
    expect(() => rings[0]!.at(customer, 1, Buffer.alloc(3))).toThrow(/too short/);
  });
});
