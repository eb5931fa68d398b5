import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parseMapping } from '../../collect/import-mapping.ts';
import { lookAt, rowsOf } from './import-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mapping = (file = '') =>
  parseMapping(
    `version: 1\nrows: message\n${file}message: { type: identify, userId: id, traits: { email: email } }\n`,
    'm.yaml',
  );

async function read(name: string, content: string | Buffer, file = '') {
  const path = join(folder, name);
  writeFileSync(path, content);
  const rows = [];
  for await (const row of rowsOf(await lookAt(path, mapping(file)), mapping(file))) rows.push(row);
  return rows;
}
const values = (rows: readonly { readonly values: unknown }[]) => rows.map((row) => row.values);

describe('a CSV file', () => {
  const CSV = '\ufeffemail,note,id\n"a@example.com","says ""hi"",\nthen goes",7\n\nb@example.com,5" tube,8\n';

  it('is read with quotes, line ends inside them, and blank lines', async () => {
    expect(values(await read('a.csv', CSV))).toEqual([
      ['7', 'a@example.com'],
      ['8', 'b@example.com'],
    ]);
  });

  it('is read the same when it is packed, whatever its name says', async () => {
    expect(await read('b.csv', gzipSync(CSV))).toEqual(await read('c.csv', CSV));
  });

  it('is read with another delimiter and encoding', async () => {
    const latin = Buffer.from('id;email\nJos\u00e9;x\n', 'latin1');
    expect(values(await read('d.csv', latin, 'file: { delimiter: ";", encoding: latin1 }\n'))).toEqual([
      ['José', 'x'],
    ]);
    expect(values(await read('e.tsv', 'id\temail\n1\tx\n'))).toEqual([['1', 'x']]);
  });

  it('has the same rows when its columns are in another order', async () => {
    const [one] = await read('f.csv', 'id,email,more\n1,x,y\n');
    const [other] = await read('g.csv', 'more,id,email\ny,1,x\n');
    expect(other!.hash).toEqual(one!.hash);
    expect(other!.values).toEqual(one!.values);
  });

  it('tells a row with too few or too many columns, and goes on', async () => {
    const rows = await read('h.csv', 'id,email\n1\n2,x,y\n3,z\n');
    expect(rows.map((row) => row.fault)).toEqual([
      'The row has 1 columns, the first line of the file has 2.',
      'The row has 3 columns, the first line of the file has 2.',
      null,
    ]);
  });

  it('that lacks a column is refused, with the place in the mapping', async () => {
    await expect(read('i.csv', 'id,mail\n1,x\n')).rejects.toMatchObject({
      code: 'invalid_mapping',
      message: 'm.yaml:3:57 message.traits.email: the file has no column "email". It has: id, mail.',
    });
  });

  it('with a quote that is never closed is refused in a sentence', async () => {
    await expect(read('j.csv', `id,email\n1,"x\n${'2,y\n'.repeat(40_000)}`)).rejects.toThrow(
      'A quote is not closed',
    );
  });

  it('that is cut off or empty is refused in a sentence', async () => {
    const random = Buffer.from(Array.from({ length: 400_000 }, (_, at) => 48 + ((at * at * 7919) % 10)));
    const packed = gzipSync(`id,email\n${random.toString().replace(/(.{50})/g, '1,$1\n')}`);
    await expect(read('k.csv', packed.subarray(0, packed.length / 2))).rejects.toThrow('damaged or cut off');
    await expect(read('l.csv', '')).rejects.toThrow('The file is empty.');
    await expect(lookAt(join(folder, 'none.csv'), mapping())).rejects.toThrow('cannot be read');
    await expect(read('m.dat', 'id,email\n')).rejects.toThrow('Nothing tells whether');
  });
});

describe('a JSON Lines file', () => {
  it('is read by names and by paths, and tells what is no object', async () => {
    const nested = parseMapping(
      'version: 1\nrows: message\nmessage: { type: identify, userId: id, traits: { address: { city: address.city } } }\n',
      'm.yaml',
    );
    const path = join(folder, 'a.jsonl.gz');
    writeFileSync(
      path,
      gzipSync(
        '{"id":7,"address":{"city":"Berlin"}}\nnot json\n[1]\n\n{"id":{"a":1}}\n{"address":null,"id":"8"}',
      ),
    );
    const rows = [];
    for await (const row of rowsOf(await lookAt(path, nested), nested)) rows.push([row.values, row.fault]);
    expect(rows).toEqual([
      [[7, 'Berlin'], null],
      [[], 'The line is not a JSON object.'],
      [[], 'The line is not a JSON object.'],
      [[null, null], 'The column id holds a list or an object.'],
      [['8', null], null],
    ]);
  });

  it('has the same rows when members are in another order', async () => {
    const rows = await read('b.ndjson', '{"id":"1","email":"x"}\n{"email":"x","id":"1"}\n');
    expect(rows[1]!.hash).toEqual(rows[0]!.hash);
  });
});
