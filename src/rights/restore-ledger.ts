/**
 * A restore must not take the log back: outsiders who kept a checkpoint would see a fork. Entries are
 * commitments only, so a log that is there and goes on from the backup's is kept as it is.
 */
import { integrate } from '../ledger/integrate.ts';
import { verifyConsistency } from '../ledger/proof.ts';
import { proveConsistency } from '../ledger/prove.ts';
import { rootOf } from '../ledger/tree.ts';
import type { Tx } from '../platform/ports.ts';
import { type BackupHeader, invalid } from './backup-file.ts';

export interface LogState {
  readonly size: number;
  readonly root: Buffer;
}

/**
 * `continued`: the log that was here is at least as long, begins with the backup's, and stays.
 * `loaded`: the backup's log begins with the one that was here (or there was none), and takes its place.
 * `replaced`: they are two logs; outsiders who kept a checkpoint of the one that was here will see a fork.
 */
export type LogOutcome = 'continued' | 'loaded' | 'replaced';

export async function logState(tx: Tx): Promise<LogState> {
  const head = await integrate(tx);
  return { size: head.size, root: rootOf(head.size, head.frontier) };
}

/** True when the log in the database begins with `earlier`. */
export async function beginsWith(tx: Tx, earlier: LogState): Promise<boolean> {
  const now = await logState(tx);
  if (earlier.size === 0) return true;
  if (earlier.size > now.size) return false;
  const proof = await proveConsistency(null, tx, earlier.size, now.size);
  return verifyConsistency(earlier.size, now.size, earlier.root, now.root, proof);
}

/** The log that a backup claims to hold. */
export function logOf(header: BackupHeader): LogState {
  return { size: header.ledger.size, root: Buffer.from(header.ledger.root, 'base64') };
}

/** Once the backup's log is loaded: it must be the one that its header names. */
export async function checkLoaded(tx: Tx, header: BackupHeader): Promise<void> {
  const now = await logState(tx);
  const claimed = logOf(header);
  if (now.size !== claimed.size || !now.root.equals(claimed.root))
    throw invalid('Its ledger is not the one that its first line names.');
}
