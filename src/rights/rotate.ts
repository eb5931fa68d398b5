/** Rotating the keys: a new epoch, every key rewrapped, the old epoch destroyed, and an entry that says so. */
import { type Rotation, rotate } from '../keys/rotate.ts';
import type { Ctx } from '../platform/ports.ts';
import { recordInstallation } from './record-installation.ts';

export interface Rotated extends Rotation {
  readonly ledgerIndex: number;
  /** What it means for copies elsewhere, in a sentence. */
  readonly olderBackups: string;
}

/** Rotates, or finishes a rotation that was begun. `onProgress` gets the number of keys rewrapped so far. */
export async function rotateKeys(ctx: Ctx, onProgress?: (rewrapped: number) => void): Promise<Rotated> {
  const rotation = await rotate(ctx, onProgress);
  const recorded = await ctx.db.transaction((tx) =>
    recordInstallation(ctx, tx, 'rotate', {
      epoch: rotation.epoch,
      rewrapped: rotation.rewrapped,
      destroyed: rotation.destroyed,
    }),
  );
  return { ...rotation, ledgerIndex: recorded.index!, olderBackups: olderBackups(ctx, rotation) };
}

function olderBackups(ctx: Pick<Ctx, 'root'>, { destroyed }: Rotation): string {
  if (destroyed.length === 0) return 'No epoch was destroyed, so no key backup died.';
  const epochs = `${destroyed.length === 1 ? 'epoch' : 'epochs'} ${destroyed.join(', ')}`;
  return ctx.root.kind === 'file'
    ? `Key backups from before this rotation are dead: ${epochs} was destroyed here. Copies of the key file from before still open them: destroy those too, and make a new key backup now.`
    : `Key backups from before this rotation die when the old root key (${epochs}) is destroyed everywhere: remove BAILEE_PREVIOUS_ROOT_KEY, destroy its copies, and make a new key backup now.`;
}
