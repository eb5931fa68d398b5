/** One's own passkeys. */
import type { Static } from 'typebox';
import type { PasskeyAnswer, PasskeyList } from '../../../contract/passkeys.ts';
import type { Ctx } from '../../platform/ports.ts';
import type { Session } from '../sessions/read.ts';
import { passkeyName } from './name.ts';
import { type PasskeyRow, passkeysOf } from './sql.ts';

export async function listPasskeys(ctx: Ctx, session: Session): Promise<Static<typeof PasskeyList>> {
  const rows = await passkeysOf(ctx.db, session.id);
  return { passkeys: rows.map(showPasskey) };
}

export function showPasskey({
  id,
  label,
  created_at,
  used_at,
}: Pick<PasskeyRow, 'id' | 'label' | 'created_at' | 'used_at'>): Static<typeof PasskeyAnswer>['passkey'] {
  return {
    id: passkeyName(id),
    label,
    createdAt: created_at.toISOString(),
    usedAt: used_at?.toISOString() ?? null,
  };
}
