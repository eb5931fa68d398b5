/** Why somebody did something about a customer, in their own words: sealed under the customer's service key. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { Ctx } from '../platform/ports.ts';
import { type Opener, openSealed } from './read.ts';
import { sealFor } from './write.ts';

export interface ReasonPlace {
  readonly customer: string;
  /** Id of the row that holds it. */
  readonly row: string;
  /** Number of its column, of `COLUMNS`. */
  readonly column: number;
}

/** Throws `key_shredded`. */
export function sealReason(
  at: { readonly ctx: Ctx; readonly store: string; readonly ring: KeyRing },
  { customer, row, column }: ReasonPlace,
  reason: string,
): Buffer {
  const place = { customer, retention: 'service', row, rowVersion: 1, field: column } as const;
  return sealFor(at, place, { reason });
}

/** Null when the customer's key is gone. */
export function openReason(
  opener: Opener,
  { customer, row, column }: ReasonPlace,
  sealed: Buffer,
): string | null {
  const item = { customer, class: RETENTION_CLASSES.service, row, rowVersion: 1, field: column, sealed };
  return (openSealed(opener, item) as { reason: string } | null)?.reason ?? null;
}
