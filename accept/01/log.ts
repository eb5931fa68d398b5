/** The ledger as an outsider reads it: checkpoint, entry bundles (c2sp.org/tlog-tiles), and the entry with its proof. */
import { ask } from './shop.ts';

export interface Checkpoint {
  readonly size: number;
  readonly text: string;
}

export async function checkpoint(url: string): Promise<Checkpoint> {
  const { status, text } = await ask(`${url}/ledger/checkpoint`, null);
  if (status !== 200) throw new Error(`the checkpoint was answered ${status}`);
  return { size: Number(text.split('\n')[1]), text };
}

function pathOf(n: number, width: number): string {
  const digits = String(n);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? [];
  const last = groups.pop() ?? '000';
  return `${groups.map((group) => `x${group}/`).join('')}${last}${width < 256 ? `.p/${width}` : ''}`;
}

/** The leaf at an index, out of the public tiles of a tree of this size; null when there is none. */
export async function leafAt(url: string, index: number, size: number): Promise<Buffer | null> {
  const n = Math.floor(index / 256);
  const width = Math.min(256, size - n * 256);
  if (width <= 0) return null;
  const answer = await fetch(`${url}/ledger/tile/entries/${pathOf(n, width)}`);
  if (answer.status !== 200) return null;
  const bundle = Buffer.from(await answer.arrayBuffer());
  let at = 0;
  for (let skip = index % 256; skip > 0 && at + 2 <= bundle.length; skip -= 1)
    at += 2 + bundle.readUInt16BE(at);
  return at + 2 <= bundle.length ? bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)) : null;
}

/** Every path of the public log: for whoever wants to read all of it. */
export async function wholeLog(url: string): Promise<Buffer[]> {
  const { size, text } = await checkpoint(url);
  const parts = [Buffer.from(text)];
  for (let first = 0; first < size; first += 256) {
    for (const kind of ['entries', '0']) {
      const path = `${kind}/${pathOf(first / 256, Math.min(256, size - first))}`;
      const answer = await fetch(`${url}/ledger/tile/${path}`);
      if (answer.status !== 200) throw new Error(`tile/${path} was answered ${answer.status}`);
      parts.push(Buffer.from(await answer.arrayBuffer()));
    }
  }
  return parts;
}

/** The index in a receipt's `.tlog-proof`. */
export function indexOf(receipt: unknown): number {
  const { proof } = receipt as { proof: string };
  return Number(/^index (\d+)$/m.exec(proof)?.[1] ?? Number.NaN);
}
