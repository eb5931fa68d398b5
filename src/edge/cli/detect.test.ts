import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import type { Deps } from './command.ts';
import { answerTexts, detectCommand } from './detect.ts';
import { CommandError } from './exit.ts';

const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const lines: string[] = [];
const deps = { out: (line: string) => lines.push(...line.split('\n')) } as unknown as Deps;

async function answers(input: string, wanted = {}): Promise<string[]> {
  lines.length = 0;
  await answerTexts(Readable.from([Buffer.from(input)]), { json: true, ...wanted }, deps);
  return [...lines];
}

const line = (id: unknown, text: unknown) => `${JSON.stringify({ id, text })}\n`;

describe('bailee detect', () => {
  it('answers each text on a line of its own, by its id, in UTF-16 units', async () => {
    const [one, two] = await answers(line('a', '😀 mail anna@example.com') + line(2, 'nothing here'));
    expect(JSON.parse(one!)).toEqual({ id: 'a', spans: [{ start: 8, end: 24, type: 'EMAIL', score: 0.99 }] });
    expect(JSON.parse(two!)).toEqual({ id: 2, spans: [] });
  });

  it('names types as Presidio does, when asked', async () => {
    const [one] = await answers(line(1, 'mail anna@example.com'), { labels: 'presidio' });
    expect(JSON.parse(one!).spans[0].type).toBe('EMAIL_ADDRESS');
  });

  it.each([
    ['what is no JSON', '{"id":1', 'It is not JSON'],
    ['a line without an id', '{"text":"x"}', 'no "id"'],
    ['a line without a text', '{"id":1}', 'no "text"'],
    ['half a surrogate pair', '{"id":1,"text":"ab\\ud800"}', 'surrogate pair at 2'],
  ])('ends at %s, and tells the number of the line and nothing of what stands there', async (_, bad, why) => {
    const failed = answers(`${line(1, 'fine')}${bad}\n`);
    await expect(failed).rejects.toThrow(CommandError);
    await expect(failed).rejects.toThrow(/^Line 2 /);
    await expect(failed).rejects.toThrow(why);
    expect(lines).toHaveLength(1);
  });
});

describe('bailee detect table', () => {
  const run = async (file: string) => {
    lines.length = 0;
    await detectCommand.run(['table', join(folder, file), '--json'], deps);
    return JSON.parse(lines.join('\n')) as { column: string; type: string | null }[];
  };

  it('tells which columns of a CSV or JSON Lines file hold what, without a value', async () => {
    writeFileSync(join(folder, 'a.csv'), 'id;mail;total\n1;anna@example.com;12.50\n2;bob@example.org;9.99\n');
    writeFileSync(join(folder, 'a.jsonl'), '{"mail":"anna@example.com"}\n{"mail":"bob@example.org"}\n');
    expect((await run('a.csv')).map(({ column, type }) => [column, type])).toEqual([
      ['id', null],
      ['mail', 'EMAIL'],
      ['total', null],
    ]);
    expect((await run('a.jsonl'))[0]).toMatchObject({ column: 'mail', type: 'EMAIL' });
    expect(lines.join('')).not.toContain('anna');
  });

  it('says so when there is no such file, or a line is no object', async () => {
    writeFileSync(join(folder, 'b.jsonl'), '{"a":1}\n[]\n');
    await expect(run('none.csv')).rejects.toThrow('no file');
    await expect(run('b.jsonl')).rejects.toThrow('Line 2');
  });
});
