/** After a restore: the blind tokens by which people sign in are no part of a backup, and are made anew from the sealed addresses. */
import { IDENTIFIER_KINDS } from '../../../contract/names.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { identifierToken, knownToken, staffToken } from '../../keys/blind.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { openNamed, staffRing } from './sealed.ts';
import type { PersonRow } from './sql.ts';

export async function rebuildStaffTokens(ctx: Ctx, tx: Tx): Promise<void> {
  const { rows } = await tx.query<Pick<PersonRow, 'id' | 'store_id' | 'row_version' | 'sealed'>>({
    text: 'SELECT id, store_id, row_version, sealed FROM bailee.person WHERE sealed IS NOT NULL',
  });
  const ring = await staffRing(
    ctx,
    tx,
    rows.map(({ id }) => id),
  );
  for (const { id, store_id: store, row_version, sealed } of rows) {
    const { email } = openNamed(ctx, ring, { id, store }, row_version, sealed);
    const normalized = normalizeIdentifier('email', email);
    if (!normalized.ok) continue;
    const identifier = identifierToken(ctx, store, 'email', normalized.value);
    await tx.query({
      text: 'UPDATE bailee.person SET email_token = $2, known_token = $3 WHERE id = $1',
      values: [
        id,
        staffToken(ctx, normalized.value),
        knownToken(ctx, store, IDENTIFIER_KINDS.email, identifier),
      ],
    });
  }
}
