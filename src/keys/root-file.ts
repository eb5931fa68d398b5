/** Root provider in a file of its own (mode 0600): random epoch keys, and seeds of the signing keys. Losing the file loses everything; so keep a copy apart. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BaileeError } from '../platform/errors.ts';
import type { RootProvider } from '../platform/ports.ts';

interface RootFile {
  readonly format: 1;
  readonly current: number;
  /** Epoch → 32 bytes, base64. */
  readonly epochs: Readonly<Record<string, string>>;
  readonly signing: { readonly ledger: string; readonly receipt: string };
}

/** Opens the key file, or makes one with a first epoch when `create` is set and none exists. */
export async function fileRoot(path: string, create: boolean): Promise<RootProvider> {
  if (!existsSync(path)) {
    if (!create)
      throw new BaileeError(
        'wrong_root_key',
        'The key file is missing, but the database already holds sealed data. Put the key file back; nothing was written.',
      );
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await write(path, {
      format: 1,
      current: 1,
      epochs: { '1': randomBytes(32).toString('base64') },
      signing: { ledger: randomBytes(32).toString('base64'), receipt: randomBytes(32).toString('base64') },
    });
  }
  let state = read(path);
  const keys = new Map<number, Buffer>();
  for (const [epoch, key] of Object.entries(state.epochs))
    keys.set(Number(epoch), Buffer.from(key, 'base64'));
  const seeds = {
    ledger: Buffer.from(state.signing.ledger, 'base64'),
    receipt: Buffer.from(state.signing.receipt, 'base64'),
  };

  async function save(next: RootFile): Promise<void> {
    await write(path, next);
    state = next;
  }

  return {
    kind: 'file',
    currentEpoch: () => state.current,
    epochs: () => [...keys.keys()].sort((a, b) => a - b),
    epochKey(epoch) {
      const key = keys.get(epoch);
      if (key === undefined) throw destroyed(epoch);
      return key;
    },
    async advance() {
      const epoch = state.current + 1;
      const key = randomBytes(32);
      await save({ ...state, current: epoch, epochs: { ...state.epochs, [epoch]: key.toString('base64') } });
      keys.set(epoch, key);
      return epoch;
    },
    async refresh() {
      state = read(path);
      for (const epoch of keys.keys()) if (state.epochs[String(epoch)] === undefined) keys.delete(epoch);
      for (const [epoch, key] of Object.entries(state.epochs))
        keys.set(Number(epoch), Buffer.from(key, 'base64'));
    },
    async destroy(epoch) {
      if (epoch === state.current)
        throw new BaileeError('conflict', 'The current epoch cannot be destroyed.');
      const { [String(epoch)]: _gone, ...rest } = state.epochs;
      await save({ ...state, epochs: rest });
      keys.get(epoch)?.fill(0);
      keys.delete(epoch);
    },
    signingSeed: (purpose) => seeds[purpose],
  };
}

export function destroyed(epoch: number): BaileeError {
  return new BaileeError(
    'epoch_destroyed',
    `The key of epoch ${epoch} was destroyed. What it sealed cannot be read.`,
    { epoch },
  );
}

function read(path: string): RootFile {
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as RootFile;
    if (state.format !== 1 || state.epochs[String(state.current)] === undefined)
      throw new Error('incomplete');
    return state;
  } catch (error) {
    throw new BaileeError(
      'wrong_root_key',
      'The key file cannot be read. Nothing was written.',
      undefined,
      error,
    );
  }
}

/** Writes beside, syncs, renames, syncs the folder; then the old bytes are overwritten where the disk allows it. */
async function write(path: string, state: RootFile): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  await file.writeFile(JSON.stringify(state));
  await file.sync();
  await file.close();
  const old = existsSync(path) ? await open(path, 'r+') : null;
  await rename(beside, path);
  chmodSync(path, 0o600);
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
  if (old !== null) {
    const { size } = await old.stat();
    await old.write(Buffer.alloc(size), 0, size, 0);
    await old.sync();
    await old.close();
  }
}
