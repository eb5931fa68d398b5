/**
 * Code blocks of a document, with what the comment above each says of it:
 *
 *     <!-- run: demo -->                      on the demo shop, with a server that runs
 *     <!-- run: own, exit 2 -->               on a real, empty installation, without a server
 *     <!-- run: demo, status 403 -->          the server's answer is this, not 2xx
 *     <!-- run: demo, ID=customers.0.id -->   keeps a value of the JSON answer for later blocks
 *     <!-- run: catalog -->                   a store's catalog
 *     <!-- run: configuration -->             a bailee.yaml
 *     <!-- run: browser -->                   as a page; test/browser/guide.test.ts runs it
 *     <!-- answer -->                         what the block before it says
 */

export type Place = 'demo' | 'own' | 'catalog' | 'configuration' | 'browser';

export interface Run {
  readonly place: Place;
  /** Exit code of the block. */
  readonly exit: number;
  /** HTTP status of every answer; null: any from 200 to 299. */
  readonly status: number | null;
  /** Variable → path in the JSON answer. */
  readonly keep: Readonly<Record<string, string>>;
}

export interface Block {
  readonly file: string;
  /** Of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Null: not marked. */
  readonly mark: Run | 'answer' | null;
}

const PLACES = ['demo', 'own', 'catalog', 'configuration', 'browser'] as const;

/** The blocks of a Markdown text, in order. Throws for a mark that is not understood. */
export function blocksOf(file: string, markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  let above = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!.trim();
    const fence = /^(`{3,})(\S*)$/.exec(line);
    if (fence !== null) {
      const end = lines.findIndex((each, index) => index > at && each.trim() === fence[1]);
      if (end === -1) throw new Error(`${file}:${at + 1}: the block does not end.`);
      const text = lines.slice(at + 1, end).join('\n');
      blocks.push({
        file,
        line: at + 1,
        language: fence[2]!,
        text,
        mark: markOf(`${file}:${at + 1}`, above),
      });
      at = end;
      above = '';
    } else if (line !== '') above = line;
  }
  return blocks;
}

function markOf(where: string, comment: string): Block['mark'] {
  const [, content] = /^<!--\s*(.*?)\s*-->$/.exec(comment) ?? [];
  if (content === undefined) return null;
  if (content === 'answer') return 'answer';
  const [, list] = /^run:\s*(.+)$/.exec(content) ?? [];
  const [name, ...rest] = (list ?? '').split(/,\s*/);
  const place = PLACES.find((each) => each === name);
  if (place === undefined) throw new Error(`${where}: the mark "${content}" is not understood.`);
  const run = { place, exit: 0, status: null as number | null, keep: {} as Record<string, string> };
  for (const word of rest) {
    const number = /^(exit|status) (\d+)$/.exec(word);
    const kept = /^([A-Z_]+)=([\w.]+)$/.exec(word);
    if (number?.[1] === 'exit') run.exit = Number(number[2]);
    else if (number?.[1] === 'status') run.status = Number(number[2]);
    else if (kept !== null) run.keep[kept[1]!] = kept[2]!;
    else throw new Error(`${where}: "${word}" in the mark is not understood.`);
  }
  return run;
}
