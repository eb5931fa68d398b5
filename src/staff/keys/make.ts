/** Keys of a store: made, shown once, kept as hashes. `api` keys open and have a role; `server` and `browser` keys collect. */
import { createHash } from 'node:crypto';
import { ROLES, type Role } from '../../../contract/names.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';

export type KeyKind = { readonly kind: 'server' | 'browser' } | { readonly kind: 'api'; readonly role: Role };

const PREFIX = { server: 'bls', browser: 'blb', api: 'bla' } as const;
const SECRET_BYTES = 32;

export interface MadeKey {
  readonly id: string;
  /** The key itself; the table holds only its SHA-256 (of the UTF-8 text). */
  readonly text: string;
}

export interface KeyMore {
  readonly label?: string;
  /** Null: until it is revoked. */
  readonly until?: Date | null;
  readonly madeBy?: string | null;
}

/** Makes a key; its text is shown to whoever asked, and kept nowhere. Throws `bad_request` for a role that does not exist. */
export async function makeKey(
  ctx: Ctx,
  tx: Tx,
  store: string,
  key: KeyKind,
  { label = '', until = null, madeBy = null }: KeyMore = {},
): Promise<MadeKey> {
  if (key.kind === 'api' && !ROLES.includes(key.role))
    throw new BaileeError('bad_request', `A role is one of ${ROLES.join(', ')}.`);
  const id = ctx.random.id();
  const text = `${PREFIX[key.kind]}_${ctx.random.bytes(SECRET_BYTES).toString('base64url')}`;
  await tx.query({
    text: `INSERT INTO bailee.api_key (id, store_id, kind, role, label, hash, created_at, until, made_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      id,
      store,
      key.kind,
      key.kind === 'api' ? key.role : null,
      label,
      createHash('sha256').update(text).digest(),
      new Date(ctx.clock.now()),
      until,
      madeBy,
    ],
  });
  return { id, text };
}
