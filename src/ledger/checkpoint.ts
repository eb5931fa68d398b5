/** Checkpoints (c2sp.org/tlog-checkpoint): what the log says, signed, about its size and root. */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type CheckpointBody, formatCheckpoint } from './checkpoint-body.ts';
import { integrate } from './integrate.ts';
import { signNote } from './note.ts';
import { signerOf } from './signer.ts';
import { rootOf } from './tree.ts';

export interface Checkpoint extends CheckpointBody {
  /** The signed note. */
  readonly text: string;
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
