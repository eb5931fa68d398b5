/** The text of a checkpoint (c2sp.org/tlog-checkpoint), before it is signed and after it is opened. */
import { BaileeError } from '../platform/errors.ts';
import { HASH_BYTES } from './tree.ts';

export interface CheckpointBody {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** The three lines that are signed. */
export function formatCheckpoint({ origin, size, root }: CheckpointBody): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Reads the three lines; extension lines are passed over. Throws `bad_request` for anything else. */
export function parseCheckpoint(text: string): CheckpointBody {
  const [origin = '', decimal = '', base64 = '', ...extensions] = text.split('\n');
  const size = Number(decimal);
  const root = Buffer.from(base64, 'base64');
  const lines = origin !== '' && extensions.pop() === '' && extensions.every((line) => line !== '');
  const numbers = /^(0|[1-9]\d*)$/.test(decimal) && Number.isSafeInteger(size);
  if (!lines || !numbers || root.length !== HASH_BYTES || root.toString('base64') !== base64) {
    throw new BaileeError('bad_request', 'This is not a checkpoint of a log.');
  }
  return { origin, size, root };
}
