/** Root provider in a file of its own (mode 0600): random epoch keys, and seeds of the signing keys. Losing the file loses everything; so keep a copy apart. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BaileeError } from '../platform/errors.ts';
import type { RootProvider } from '../platform/key-ports.ts';

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
  return new FileRoot(path);
}

class FileRoot implements RootProvider {
  readonly kind = 'file';
  readonly #path: string;
  readonly #keys = new Map<number, Buffer>();
  readonly #seeds: Record<'ledger' | 'receipt', Buffer>;
  #state: RootFile;

  constructor(path: string) {
    this.#path = path;
    this.#state = read(path);
    this.#load();
    this.#seeds = {
      ledger: Buffer.from(this.#state.signing.ledger, 'base64'),
      receipt: Buffer.from(this.#state.signing.receipt, 'base64'),
    };
  }

  #load(): void {
    const { epochs } = this.#state;
    for (const epoch of [...this.#keys.keys()])
      if (epochs[String(epoch)] === undefined) this.#keys.delete(epoch);
    for (const [epoch, key] of Object.entries(epochs))
      this.#keys.set(Number(epoch), Buffer.from(key, 'base64'));
  }

  /** What another process changed since must not be written over: read, then change. */
  async #change(next: (now: RootFile) => RootFile): Promise<void> {
    const changed = next(read(this.#path));
    await write(this.#path, changed);
    this.#state = changed;
    this.#load();
  }

  currentEpoch(): number {
    return this.#state.current;
  }

  epochs(): number[] {
    return [...this.#keys.keys()].sort((a, b) => a - b);
  }

  epochKey(epoch: number): Buffer {
    // Another process may have rotated since: a key that it wrapped names an epoch not seen here yet.
    if (!this.#keys.has(epoch)) this.#reread();
    const key = this.#keys.get(epoch);
    if (key === undefined) throw destroyed(epoch);
    return key;
  }

  async advance(): Promise<number> {
    const fresh = randomBytes(32).toString('base64');
    await this.#change((now) => ({
      ...now,
      current: now.current + 1,
      epochs: { ...now.epochs, [now.current + 1]: fresh },
    }));
    return this.#state.current;
  }

  #reread(): void {
    this.#state = read(this.#path);
    this.#load();
  }

  async refresh(): Promise<void> {
    this.#reread();
  }

  async destroy(epoch: number): Promise<void> {
    const key = this.#keys.get(epoch);
    await this.#change((now) => {
      if (epoch === now.current) throw new BaileeError('conflict', 'The current epoch cannot be destroyed.');
      const { [String(epoch)]: _gone, ...rest } = now.epochs;
      return { ...now, epochs: rest };
    });
    key?.fill(0);
  }

  signingSeed(purpose: 'ledger' | 'receipt'): Buffer {
    return this.#seeds[purpose];
  }
}

export function destroyed(epoch: number): BaileeError {
  return new BaileeError(
    'epoch_destroyed',
    `The key of epoch ${epoch} was destroyed. What it sealed cannot be read.`,
    { epoch },
  );
}

const READS = 5;

/** A file replaced while it is read shows zeros (`write` wipes the old one): then the new one is there to read. */
function read(path: string, attempt = 1): RootFile {
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as RootFile;
    const keys = [...Object.values(state.epochs), state.signing.ledger, state.signing.receipt];
    if (state.format !== 1 || state.epochs[String(state.current)] === undefined || !keys.every(isKey))
      throw new Error('incomplete');
    return state;
  } catch (error) {
    if (attempt < READS) return read(path, attempt + 1);
    throw new BaileeError(
      'wrong_root_key',
      'The key file cannot be read. Nothing was written.',
      undefined,
      error,
    );
  }
}

function isKey(text: unknown): boolean {
  return typeof text === 'string' && Buffer.from(text, 'base64').length === 32;
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
