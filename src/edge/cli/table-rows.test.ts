import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { csvLine, tableRows, tellDelimiter } from './table-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'bailee-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'table.csv');

async function read(content: string | Buffer, delimiter = ';'): Promise<string[][]> {
  writeFileSync(path, content);
  const rows: string[][] = [];
  for await (const batch of tableRows(path, delimiter)) rows.push(...batch);
  return rows;
}

describe('a table that is read', () => {
  it('has the cells that were written, whatever is in them', async () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom(';', '"', '""', '\n', 'a\r\nb', ',', 'ü', '"a";"b"'));
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t'), async (table, delimiter) => {
        // Lone surrogates are no text.
        const clean = table.map((row) => row.map((each) => each.toWellFormed()));
        const text = clean.map((row) => csvLine(row, delimiter)).join('');
        expect(await read(text, delimiter)).toEqual(clean);
      }),
    );
  });

  it('may have line ends of Windows, a byte order mark, empty lines, no end, and be compressed', async () => {
    const expected = [
      ['a', 'b'],
      ['1', '2'],
    ];
    for (const text of ['a;b\r\n1;2\r\n', '\ufeffa;b\n1;2', 'a;b\n\n1;2\n\n', '"a";"b"\r\n"1";"2"\r\n'])
      expect(await read(text)).toEqual(expected);
    expect(await read(gzipSync('a;b\n1;2\n'))).toEqual(expected);
  });

  it.each([
    ['a quote inside a cell', 'a;b\n1"2"3;4\n', /Row 1 .* quote in the wrong place/],
    ['text after a closed quote', 'a;b\n"1"2;4\n', /Row 1 .* quote in the wrong place/],
    ['a quote that stays open', 'a;b\n1;2\n"3;4\n', /Row 2 .* never closed/],
    ['a row without end', `a;b\n${'x'.repeat(1_000_001)}`, /Row 1 .* larger than a row can be/],
    ['a quoted row without end', `a;b\n"${'x\n'.repeat(500_001)}`, /Row 1 .* larger than a row can be/],
  ])('is refused for %s, naming the row', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it('tells its delimiter from the columns that are asked for', async () => {
    writeFileSync(path, 'a,b;c;d\n');
    expect(await tellDelimiter(path, ['c', 'd'])).toBe(';');
    expect(await tellDelimiter(path, ['a'])).toBe(',');
    expect(await tellDelimiter(path, ['x'])).toBe(',');
  });
});
