/** How a mail is built, measured before anything parses it: a mail that is made to be costly is refused for little. */

export interface Structure {
  /** Parts that a boundary begins. */
  readonly parts: number;
  /** Of multiparts and mails within mails. */
  readonly depth: number;
}

const LONGEST_LINE = 4_096;
const LONGEST_HEADER = 64 * 1024;

interface Open {
  /** Null: a mail within the mail, which ends where the multipart around it does. */
  readonly boundary: string | null;
}

/** Stops counting beyond `most`. One pass over the bytes; never throws. */
export function structureOf(source: Buffer, most: Structure): Structure {
  const open: Open[] = [];
  let parts = 0;
  let depth = 0;
  let header: string | null = '';
  for (const line of linesOf(source)) {
    const at = line.startsWith('--') ? boundaryAt(open, line) : -1;
    if (at !== -1) {
      const ends = line.length === open[at]!.boundary!.length + 4;
      open.length = ends ? at : at + 1;
      header = ends ? null : '';
      if (!ends) parts += 1;
    } else if (header !== null && line === '') {
      const within = openedBy(header);
      header = within?.boundary === null ? '' : null;
      if (within !== null) open.push(within);
      depth = Math.max(depth, open.length);
    } else if (header !== null && header.length < LONGEST_HEADER) header += `${line}\n`;
    if (parts > most.parts || depth > most.depth) break;
  }
  return { parts, depth };
}

function* linesOf(source: Buffer): Generator<string> {
  for (let from = 0; from < source.length; ) {
    const next = source.indexOf(10, from);
    const end = next === -1 ? source.length : next;
    yield source.toString('latin1', from, Math.min(end, from + LONGEST_LINE)).trimEnd();
    from = end + 1;
  }
}

/** The innermost multipart whose delimiter the line is; -1 for none. */
function boundaryAt(open: readonly Open[], line: string): number {
  return open.findLastIndex(
    ({ boundary }) => boundary !== null && (line === `--${boundary}` || line === `--${boundary}--`),
  );
}

function openedBy(header: string): Open | null {
  const type = /^content-type:((?:[^\n]|\n[ \t])*)/im.exec(header)?.[1] ?? '';
  if (/^\s*message\/(rfc822|global)/i.test(type)) return { boundary: null };
  if (!/^\s*multipart\//i.test(type)) return null;
  const [, quoted, bare] = /boundary\s*=\s*(?:"([^"\n]*)"|([^\s;"]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  return boundary === undefined || boundary === '' ? null : { boundary };
}
