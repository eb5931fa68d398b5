import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_REASON, postgres, type TestContext, testContext } from '../../test/kit/context.ts';
import { byteaArray, uuidArray } from './binary-array.ts';

describe.each(['pglite', 'postgres'] as const)('a binary array, on %s', (engine) => {
  const absent = engine === 'postgres' && postgres === null;
  let ctx: TestContext;
  beforeAll(async () => {
    if (!absent) ctx = await testContext({ engine });
  });

  async function through(type: 'bytea' | 'uuid', parameter: Buffer): Promise<unknown> {
    const { rows } = await ctx.db.query<{ items: unknown; length: number }>({
      text: `SELECT $1::${type}[] AS items, cardinality($1::${type}[]) AS length`,
      values: [parameter],
    });
    expect(rows[0]!.length).toBe((rows[0]!.items as unknown[]).length);
    return rows[0]!.items;
  }

  it('of bytes comes back as it went in, with empty items and as an empty list', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const items = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.array(items, { maxLength: 20 }), async (list) => {
        expect(await through('bytea', byteaArray(list))).toEqual(list);
      }),
    );
    const empty = Buffer.alloc(0);
    for (const list of [[], [empty], [empty, empty], [Buffer.from('a'), empty], [Buffer.alloc(100_000, 7)]])
      expect(await through('bytea', byteaArray(list))).toEqual(list);
  });

  it('of ids comes back as it went in, in order', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uuid(), { maxLength: 20 }), async (list) => {
        expect(await through('uuid', uuidArray(list))).toEqual(list);
      }),
    );
    expect(await through('uuid', uuidArray([]))).toEqual([]);
  });

  it('of ids is refused when one is no id, and nobody else is named by it', async ({ skip }) => {
    if (absent) skip(POSTGRES_REASON);
    const id = '01a214c3-3dfb-737b-9d4a-0f25c66e5766';
    for (const wrong of ['no id', '', `${id}0`, id.slice(1), id.replace('a', 'g'), id.replace('a', 'ß')])
      expect(() => uuidArray([id, wrong])).toThrow(/not an id/);
    expect(await through('uuid', uuidArray([]))).toEqual([]);
  });
});
