import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody } from './bodies.ts';

const MOST = 500 * 1024;
const read = (bytes: Buffer, encoding = '') => readBody(bytes, encoding, MOST);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    (error: { code: string }) => error.code,
  );

describe('a body', () => {
  it('is read as JSON, with or without a byte order mark', async () => {
    expect(await read(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
    expect(await read(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
  });

  it('is unpacked when its bytes are gzip, whatever its label', async () => {
    for (const label of ['', 'identity', 'br', 'gzip'])
      expect(await read(gzipSync('{"a":1}'), label)).toEqual({ a: 1 });
  });

  it('that is labelled gzip and is not is read as it is', async () => {
    expect(await read(Buffer.from('{"a":1}'), 'gzip')).toEqual({ a: 1 });
  });

  it('of another packing is named as such', async () => {
    expect(await code(read(Buffer.from([0x0b, 0x02, 0x80]), 'br'))).toBe('unsupported_encoding');
  });

  it('that is cut off is malformed, packed or not', async () => {
    expect(await code(read(Buffer.from('{"a":')))).toBe('malformed_json');
    expect(await code(read(gzipSync('{"a":1}').subarray(0, 15)))).toBe('malformed_json');
    expect(await code(read(Buffer.alloc(0)))).toBe('malformed_json');
  });

  it('that unpacks to more than the limit is refused before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(MOST);
    expect(await code(read(bomb))).toBe('too_large');
    expect(await code(read(Buffer.alloc(MOST + 1, 0x20)))).toBe('too_large');
  });

  it('that is nested a hundred thousand levels deep is read without harm', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(Array.isArray(await read(Buffer.from(deep)))).toBe(true);
  });

  it('changes no prototype', async () => {
    const body = await read(
      Buffer.from('{"__proto__":{"planted":1},"constructor":{"prototype":{"planted":1}}}'),
    );
    expect(Object.hasOwn(body as object, '__proto__')).toBe(true);
    expect(({} as { planted?: number }).planted).toBeUndefined();
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  });

  it('of random bytes is read or refused with a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), fc.boolean(), async (bytes, packed) => {
        const head = packed ? [Buffer.from([0x1f, 0x8b])] : [];
        expect(['read', 'malformed_json', 'unsupported_encoding']).toContain(
          await code(read(Buffer.concat([...head, bytes]))),
        );
      }),
    );
  });
});
