/** The one thing that is stored, and only after a grant: what was granted, under which notice, and the device's id. */
import type { Choices } from './calls.ts';

export const ENTRY = 'bailee';

export interface Kept {
  /** Shape of this entry. */
  readonly v: 1;
  /** Version of the notice that was shown. */
  readonly notice: number;
  readonly choices: Choices;
  readonly anonymousId: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Reads an entry; null for none, for one that is not ours, and where storage is shut off. */
export function recall(text?: string | null): Kept | null {
  try {
    const kept = JSON.parse(text ?? localStorage.getItem(ENTRY)!) as Kept | null;
    return kept?.v === 1 ? kept : null;
  } catch {
    return null;
  }
}

/** Null removes the entry. Where storage is shut off, the page goes on without. */
export function keep(kept: Kept | null): void {
  try {
    if (kept) localStorage.setItem(ENTRY, JSON.stringify(kept));
    else localStorage.removeItem(ENTRY);
  } catch {}
}

/** A random UUID; pages without TLS have no `randomUUID`. */
export function uuid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return [...bytes]
    .map((byte, at) => ([4, 6, 8, 10].includes(at) ? '-' : '') + byte.toString(16).padStart(2, '0'))
    .join('');
}
