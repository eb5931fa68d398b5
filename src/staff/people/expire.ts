/**
 * What is recorded of staff ends too. A leaver's name stays for as long as somebody may ask who opened what; then the
 * key is shredded and ids are left. Sessions and tries are kept no longer than they are of use.
 */
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import { shredKeys } from '../../keys/sql.ts';
import type { Ctx } from '../../platform/ports.ts';
import { recordStaff } from '../record.ts';
import { forgetTries } from '../sign-in/tries.ts';

const DAY = 86_400_000;
/** After leaving: openings can be questioned for so long. */
export const NAMES_DAYS = 400;
/** After its end, so that somebody can still see where they were signed in. */
const SESSIONS_DAYS = 30;
const AT_ONCE = 100;

export interface Expired {
  readonly staff: number;
  readonly sessions: number;
}

export async function expireStaff(ctx: Ctx): Promise<Expired> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const ago = (days: number) => new Date(now - days * DAY);
    const { rows } = await tx.query<{ id: string; store_id: string }>({
      text: `SELECT id, store_id FROM bailee.person WHERE state = 'left' AND left_at < $1 AND sealed IS NOT NULL
             ORDER BY left_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      values: [ago(NAMES_DAYS), AT_ONCE],
    });
    for (const { id, store_id } of rows) {
      await shredKeys(tx, [id], [RETENTION_CLASSES.identity], new Date(now));
      await tx.query({
        text: 'UPDATE bailee.person SET sealed = NULL, email_token = NULL, known_token = NULL WHERE id = $1',
        values: [id],
      });
      await tx.query({ text: 'DELETE FROM bailee.training WHERE person_id = $1', values: [id] });
      await recordStaff(ctx, tx, { store: store_id, person: id, step: 'expired' });
    }
    const { rowCount } = await tx.query({
      text: 'DELETE FROM bailee.session WHERE expires_at < $1',
      values: [ago(SESSIONS_DAYS)],
    });
    await tx.query({ text: 'DELETE FROM bailee.sign_in_question WHERE until < $1', values: [new Date(now)] });
    await tx.query({ text: 'DELETE FROM bailee.invitation WHERE until < $1', values: [ago(SESSIONS_DAYS)] });
    await forgetTries(ctx, tx);
    return { staff: rows.length, sessions: rowCount };
  });
}
