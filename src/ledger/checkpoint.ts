/** Checkpoints (c2sp.org/tlog-checkpoint): what the log says, signed, about its size and root. */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { integrate } from './integrate.ts';
import { signNote } from './note.ts';
import { signerOf } from './signer.ts';
import { HASH_BYTES, rootOf } from './tree.ts';

export interface CheckpointBody {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export interface Checkpoint extends CheckpointBody {
  /** The signed note. */
  readonly text: string;
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

/**
 * The signed checkpoint of the ledger as it stands. Call it after the commit of what it should
 * show (with `ctx.db`): a head that could still roll back is refused with `internal`, because a
 * log that signs a tree and then grows another has forked.
 */
export async function checkpoint(ctx: Pick<Ctx, 'config' | 'root'>, tx: Tx): Promise<Checkpoint> {
  const head = await integrate(tx);
  if (head.unsaved) {
    throw new BaileeError('internal', 'A checkpoint is signed only after the commit of its entries.');
  }
  const signer = signerOf(ctx, 'ledger');
  const body = { origin: signer.name, size: head.size, root: rootOf(head.size, head.frontier) };
  return { ...body, text: signNote(formatCheckpoint(body), [signer]) };
}
