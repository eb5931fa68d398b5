/**
 * Root provider from `BAILEE_ROOT_KEY` alone: everything is HKDF-SHA-256 (RFC 5869) of the root. An epoch
 * cannot be destroyed without replacing the root: set the new root, name the old one as
 * `BAILEE_PREVIOUS_ROOT_KEY`, run `bailee rotate`, then forget the old one.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { BaileeError } from '../platform/errors.ts';
import type { RootProvider } from '../platform/key-ports.ts';
import { destroyed } from './root-file.ts';

/** Epoch numbers are bound to their root, so that two roots never claim the same epoch. */
interface Root {
  readonly key: Buffer;
  readonly epoch: number;
}

function derive(root: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), info, 32));
}

/** A number of the root itself: 31 bits of a hash, never reversible, stored beside each wrapped key. */
function epochOf(root: Buffer): number {
  const digest = createHash('sha256')
    .update('bailee/epoch/v1')
    .update(derive(root, 'bailee/epoch-number/v1'))
    .digest();
  return digest.readUInt32BE(0) & 0x7fffffff;
}

export function environmentRoot(rootKey: Buffer, previous: Buffer | null): RootProvider {
  const roots: Root[] = [rootKey, ...(previous === null ? [] : [previous])].map((key) => ({
    key,
    epoch: epochOf(key),
  }));
  const current = roots[0]!;
  const keys = new Map(roots.map((root) => [root.epoch, derive(root.key, `bailee/epoch/${root.epoch}/v1`)]));
  const seeds = {
    ledger: derive(current.key, 'bailee/signing/ledger/v1'),
    receipt: derive(current.key, 'bailee/signing/receipt/v1'),
  };
  return {
    kind: 'environment',
    currentEpoch: () => current.epoch,
    epochs: () => [...keys.keys()],
    epochKey(epoch) {
      const key = keys.get(epoch);
      if (key === undefined) throw destroyed(epoch);
      return key;
    },
    async advance() {
      if (previous === null)
        throw new BaileeError(
          'conflict',
          'With BAILEE_ROOT_KEY alone, rotating means replacing it: set the new root, and the old one as BAILEE_PREVIOUS_ROOT_KEY, then rotate.',
        );
      return current.epoch;
    },
    refresh: async () => undefined,
    async destroy(epoch) {
      keys.delete(epoch);
    },
    signingSeed: (purpose) => seeds[purpose],
  };
}
