/** What was seen in an earlier run, by the texts that it was seen of. Without a folder nothing is kept. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export class Kept {
  readonly #folder: string | undefined;

  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
  }

  get<T>(hash: string): T | undefined {
    const path = this.#path(hash);
    return path !== undefined && existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
  }

  put(hash: string, value: unknown): void {
    const path = this.#path(hash);
    if (path !== undefined) writeFileSync(path, JSON.stringify(value));
  }

  #path(hash: string): string | undefined {
    return this.#folder === undefined ? undefined : join(this.#folder, `${hash}.json`);
  }
}

export function hashOf(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);
}
