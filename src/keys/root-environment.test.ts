import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentRoot } from './root-environment.ts';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('the root key of the environment', () => {
  it('gives the same epoch and the same keys each time', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const [one, two] = [environmentRoot(key, null), environmentRoot(Buffer.from(key), null)];
        expect(two.epochs()).toEqual(one.epochs());
        expect(two.epochKey(two.currentEpoch())).toEqual(one.epochKey(one.currentEpoch()));
        expect(two.signingSeed('ledger')).toEqual(one.signingSeed('ledger'));
        expect(two.signingSeed('receipt')).toEqual(one.signingSeed('receipt'));
      }),
    );
  });

  it('gives another root another epoch number that fits the column, other keys and other seeds', () => {
    const seen = new Set<string>();
    const epochs = new Set<number>();
    for (let at = 0; at < 500; at += 1) {
      const key = Buffer.alloc(32);
      key.writeUInt16BE(at, 30);
      const root = environmentRoot(key, null);
      const epoch = root.currentEpoch();
      expect(epoch).toBeGreaterThanOrEqual(0);
      expect(epoch).toBeLessThanOrEqual(0x7fff_ffff);
      epochs.add(epoch);
      for (const bytes of [
        key,
        root.epochKey(epoch),
        root.signingSeed('ledger'),
        root.signingSeed('receipt'),
      ])
        seen.add(bytes.toString('hex'));
    }
    expect(epochs.size).toBe(500);
    expect(seen.size).toBe(2000);
  });

  it('holds the previous root beside the new one, and seals under the new one', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const before = environmentRoot(old, null);
    const during = environmentRoot(fresh, old);
    expect(during.epochs()).toEqual([during.currentEpoch(), before.currentEpoch()]);
    expect(during.epochKey(before.currentEpoch())).toEqual(before.epochKey(before.currentEpoch()));
    expect(during.currentEpoch()).toBe(environmentRoot(fresh, null).currentEpoch());
  });

  it('cannot rotate alone, and says what to do instead', async () => {
    const root = environmentRoot(randomBytes(32), null);
    await expect(root.advance()).rejects.toThrow(/BAILEE_PREVIOUS_ROOT_KEY/);
    await expect(root.advance()).rejects.toThrow(code('conflict'));
  });

  it('refuses an epoch that it does not hold, or no longer', async () => {
    const old = randomBytes(32);
    const root = environmentRoot(randomBytes(32), old);
    const epoch = environmentRoot(old, null).currentEpoch();
    expect(() => root.epochKey((epoch + 1) & 0x7fff_ffff)).toThrow(code('epoch_destroyed'));
    await root.destroy(epoch);
    expect(() => root.epochKey(epoch)).toThrow(code('epoch_destroyed'));
    expect(root.epochs()).toEqual([root.currentEpoch()]);
  });
});
