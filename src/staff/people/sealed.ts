/** Names, addresses and secrets of staff, under the person's own key: shredding it ends them all. */
import { RETENTION_CLASSES, type RetentionClass } from '../../../contract/names.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { type KeyRing, makeMissing, readRing } from '../../keys/ring.ts';
import { seal, unseal } from '../../keys/seal.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';

export interface Named {
  readonly name: string;
  readonly email: string;
}

interface Owner {
  readonly id: string;
  readonly store: string;
}

const CLASS: RetentionClass = 'identity';
const GONE = { name: '—', email: '—' } as const;

/** The keys of people, made where they are missing. */
export async function staffRing(ctx: Ctx, tx: Tx, people: readonly string[], make = false): Promise<KeyRing> {
  const ring = await readRing(ctx, tx, people);
  if (make)
    await makeMissing(
      ctx,
      tx,
      ring,
      people.map((customer) => ({ customer, class: RETENTION_CLASSES[CLASS] })),
    );
  return ring;
}

/** @param version of the row: a new one whenever the value changes */
export function sealNamed(ctx: Ctx, ring: KeyRing, owner: Owner, version: number, named: Named): Buffer {
  return seal(ctx.cipher, keyOf(ring, owner), placeOf(owner, COLUMNS.person, version), named);
}

/** Dashes once the person's key is gone. */
export function openNamed(
  ctx: Ctx,
  ring: KeyRing,
  owner: Owner,
  version: number,
  sealed: Buffer | null,
): Named {
  const key = sealed === null ? null : ring.at(owner.id, RETENTION_CLASSES[CLASS], sealed);
  if (sealed === null || key === null) return GONE;
  return unseal(ctx.cipher, key, placeOf(owner, COLUMNS.person, version), sealed) as Named;
}

export function sealTotp(ctx: Ctx, ring: KeyRing, owner: Owner, secret: string): Buffer {
  return seal(ctx.cipher, keyOf(ring, owner), placeOf(owner, COLUMNS.personTotp, 1), secret);
}

/** The secret in base32 (RFC 4648). Throws `key_shredded`. */
export function openTotp(ctx: Ctx, ring: KeyRing, owner: Owner, sealed: Buffer): string {
  const key = ring.at(owner.id, RETENTION_CLASSES[CLASS], sealed);
  if (key === null) throw gone();
  return unseal(ctx.cipher, key, placeOf(owner, COLUMNS.personTotp, 1), sealed) as string;
}

function keyOf(ring: KeyRing, owner: Owner) {
  const key = ring.newest(owner.id, RETENTION_CLASSES[CLASS]);
  if (key === null) throw gone();
  return key;
}

function gone(): BaileeError {
  return new BaileeError('key_shredded', 'What was recorded of this person is gone.');
}

function placeOf({ id, store }: Owner, field: number, rowVersion: number) {
  return { store, customer: id, row: id, rowVersion, field };
}
