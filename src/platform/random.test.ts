import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../test/kit/context.ts';
import { isUuid, systemClock, systemRandom, writeUuid } from './random.ts';

function uuidBytes(id: string): Buffer {
  const bytes = Buffer.alloc(16);
  expect(writeUuid(id, bytes, 0)).toBe(16);
  return bytes;
}

describe('an id', () => {
  it('is a UUIDv7: version 7, variant 10, and the time of the clock in its first 48 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 47 }), (time) => {
        const id = systemRandom({ now: () => time }).id();
        const bytes = uuidBytes(id);
        expect(isUuid(id)).toBe(true);
        expect(bytes.readUIntBE(0, 6)).toBe(time);
        expect(bytes[6]! >> 4).toBe(7);
        expect(bytes[8]! >> 6).toBe(0b10);
      }),
    );
  });

  it('sorts by the order in which it was made, even within one millisecond and past 4,096 of them', () => {
    const random = systemRandom(testClock());
    const ids = Array.from({ length: 20_000 }, () => random.id());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });

  it('sorts on when the clock moves, stands still or is set back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 }), (steps) => {
        const clock = testClock();
        const random = systemRandom(clock);
        const ids = steps.map((step) => {
          clock.advance(step);
          return random.id();
        });
        expect([...ids].sort()).toEqual(ids);
      }),
    );
  });

  it('is never made twice by two nodes at one moment', () => {
    const clock = testClock();
    const nodes = Array.from({ length: 20 }, () => systemRandom(clock));
    const ids = nodes.flatMap((node) => Array.from({ length: 500 }, () => node.id()));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of the system follows its clock', () => {
    const before = Date.now();
    const time = uuidBytes(systemRandom(systemClock).id()).readUIntBE(0, 6);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });
});

describe('random bytes', () => {
  const random = systemRandom(testClock());

  it('are as many as asked, never the same, and no one else’s memory', () => {
    const seen = new Set<string>();
    for (let round = 0; round < 2000; round += 1) seen.add(random.bytes(32).toString('hex'));
    expect(seen.size).toBe(2000);
    for (const length of [0, 1, 12, 255, 256, 257, 5000]) expect(random.bytes(length)).toHaveLength(length);
    const first = random.bytes(16);
    const copy = Buffer.from(first);
    random.bytes(16).fill(0);
    expect(first).toEqual(copy);
  });

  it('use every bit about as often as not', () => {
    const bytes = random.bytes(100_000);
    for (let bit = 0; bit < 8; bit += 1) {
      const set = bytes.reduce((sum, byte) => sum + ((byte >> bit) & 1), 0);
      expect(Math.abs(set - 50_000)).toBeLessThan(1500);
    }
  });
});

describe('the text form of a UUID', () => {
  it('is lower case with its dashes, and nothing else', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(isUuid(id)).toBe(true);
        expect(uuidBytes(id)).toEqual(Buffer.from(id.replaceAll('-', ''), 'hex'));
        expect(uuidBytes(id.toUpperCase())).toEqual(uuidBytes(id));
        expect(isUuid(id.replaceAll('-', ''))).toBe(false);
        expect(isUuid(`${id} `)).toBe(false);
        expect(isUuid(`${id}\n`)).toBe(false);
      }),
    );
    expect(isUuid('01900000-0000-7000-8000-00000000000A')).toBe(false);
  });
});
