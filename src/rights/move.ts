/** From a trial to PostgreSQL: a backup and a restore in one step, under the same keys. The trial is left as it was. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GateCtx } from '../gate/context.ts';
import { rootView } from '../keys/root-view.ts';
import { migrate } from '../platform/migrate.ts';
import type { Database } from '../platform/ports.ts';
import { backup } from './backup.ts';
import { type Restored, type RestoreProgress, restore } from './restore.ts';

export type MoveProgress = RestoreProgress | { readonly step: 'copy'; readonly done: number };

/**
 * Copies everything into `target`, an empty PostgreSQL database: customers, identifiers, keys, API keys, the
 * ledger. Nobody may be writing to the installation of `ctx`. Throws `conflict` when the target is not empty.
 */
export async function move(
  ctx: GateCtx,
  target: Database,
  onProgress: (progress: MoveProgress) => void = () => undefined,
): Promise<Restored> {
  const folder = await mkdtemp(join(ctx.config.data, 'move-'));
  try {
    const files = { data: join(folder, 'data'), keys: join(folder, 'keys') };
    await backup(ctx, files, (done) => onProgress({ step: 'copy', done }));
    await migrate(target);
    return await restore({ ...ctx, db: target, root: rootView(ctx.root) }, files, onProgress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
