import { describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { readRecords } from './records.ts';

const { db } = await testContext();

async function packed(columns: string, rows: string): Promise<Buffer | null> {
  const { rows: answer } = await db.query<{ packed: Buffer | null }>({
    text: `SELECT string_agg(${columns}, '') AS packed FROM (${rows}) AS r`,
  });
  return answer[0]!.packed;
}

describe('rows that the database packed', () => {
  it('come out as they went in, whatever their kinds, and in their order', async () => {
    const columns = `uuid_send(id) || int2send(small) || int4send(large) || boolsend(yes) || bailee.pack(words)
      || bailee.pack(bytes) || timestamptz_send(at) || bailee.pack(uuid_send(id))`;
    const bytes = await packed(
      columns,
      `
      SELECT * FROM (VALUES
        ('018f4c3e-0000-7000-8000-00000000abcd'::uuid, 7::smallint, -2000000000, true, 'zwölf', '\\x00ff'::bytea,
          timestamptz '2026-11-22 09:00:00.123456Z'),
        ('018f4c3e-0000-7000-8000-00000000abcd'::uuid, -7::smallint, 3, false, '', '\\x'::bytea,
          timestamptz '1970-01-01 00:00:00.001Z'),
        ('ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, 0::smallint, 0, false, '😀', '\\x01'::bytea,
          timestamptz '2000-01-01 00:00:00Z')
      ) AS v (id, small, large, yes, words, bytes, at)`,
    );
    const rows = readRecords(bytes, (row) => [
      row.uuid(),
      row.int2(),
      row.int4(),
      row.bool(),
      row.text(),
      row.bytea().toString('hex'),
      row.time().toISOString(),
      row.uuidOrNull()?.slice(0, 8),
    ]);
    expect(rows).toEqual([
      [
        '018f4c3e-0000-7000-8000-00000000abcd',
        7,
        -2e9,
        true,
        'zwölf',
        '00ff',
        '2026-11-22T09:00:00.123Z',
        '018f4c3e',
      ],
      ['018f4c3e-0000-7000-8000-00000000abcd', -7, 3, false, '', '', '1970-01-01T00:00:00.001Z', '018f4c3e'],
      [
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        0,
        0,
        false,
        '😀',
        '01',
        '2000-01-01T00:00:00.000Z',
        'ffffffff',
      ],
    ]);
  });

  it('tell an empty column from an absent one, and refuse an absent one where none may be', async () => {
    const columns = 'bailee.pack(a) || bailee.pack(b) || bailee.pack(uuid_send(c)) || bailee.pack(d)';
    const bytes = await packed(
      columns,
      "SELECT NULL::bytea AS a, NULL::text AS b, NULL::uuid AS c, '\\x'::bytea AS d",
    );
    expect(
      readRecords(bytes, (row) => [row.byteaOrNull(), row.textOrNull(), row.uuidOrNull(), row.byteaOrNull()]),
    ).toEqual([[null, null, null, Buffer.alloc(0)]]);
    expect(() => readRecords(bytes, (row) => row.bytea())).toThrow(/empty/);
  });

  it('are none where there was no row', async () => {
    expect(await packed('int4send(one)', 'SELECT 1 AS one WHERE false')).toBeNull();
    expect(readRecords(null, (row) => row.int4())).toEqual([]);
  });
});
