/** Following a link: who it is for, and the password that begins or begins anew. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { recordStaff } from '../record.ts';
import { endSessions } from '../sessions/sql.ts';
import { hashPassword, needStrong } from '../sign-in/password.ts';
import { afterPassword, type SignInStep, type Where } from '../sign-in/sign-in.ts';
import { countTry, forgiveTry } from '../sign-in/tries.ts';
import { findLink, useLink } from './links.ts';
import { type Named, openNamed, staffRing } from './sealed.ts';
import { forgetProofs, type PersonRow, readPerson, updatePerson } from './sql.ts';

export interface ForWhom extends Named {
  readonly store: string;
  readonly language: 'en' | 'zh-CN';
}

/** Whose link this is. Throws `not_found` when it was used, is over, or never was; `too_many_tries`. */
export async function readInvitation(ctx: Ctx, token: string, network: string): Promise<ForWhom> {
  // Each link for itself: guesses of strangers must not shut out who was invited.
  const trying = { account: `link/${token}`, network };
  await countTry(ctx, trying);
  const link = await findLink(ctx, ctx.db, token);
  const person = link === null ? null : await readPerson(ctx.db, link.person_id);
  if (person === null || person.state === 'left') throw over();
  await forgiveTry(ctx, ctx.db, trying);
  const { rows } = await ctx.db.query<{ name: string }>({
    text: 'SELECT name FROM bailee.store WHERE id = $1',
    values: [person.store_id],
  });
  return { ...(await namedOf(ctx, person)), store: rows[0]!.name, language: person.language };
}

/**
 * Sets the password and ends whatever opened before. The first factor is then shown; the second is set up next.
 * Throws `not_found`, `weak_password`.
 */
export async function acceptInvitation(
  ctx: Ctx,
  { token, password, where }: { readonly token: string; readonly password: string; readonly where: Where },
): Promise<SignInStep> {
  const { name, email, store } = await readInvitation(ctx, token, where.network);
  needStrong(password, [name, email, store]);
  const hash = await hashPassword(password);
  return ctx.db.transaction(async (tx) => {
    const link = await findLink(ctx, tx, token, true);
    const person = link === null ? null : await readPerson(tx, link.person_id, true);
    if (link === null || person === null || person.state === 'left') throw over();
    const now = new Date(ctx.clock.now());
    await useLink(ctx, tx, link.id);
    await endSessions(tx, person.id, now);
    await forgetProofs(tx, person.id);
    await updatePerson(tx, person.id, { state: 'active', password: hash, joinedAt: now });
    await recordStaff(ctx, tx, {
      store: person.store_id,
      person: person.id,
      step: link.kind === 'join' ? 'joined' : 'recovered',
    });
    return afterPassword(ctx, tx, person.id, where);
  });
}

async function namedOf(ctx: Ctx, person: PersonRow): Promise<Named> {
  const ring = await staffRing(ctx, ctx.db, [person.id]);
  const owner = { id: person.id, store: person.store_id };
  return openNamed(ctx, ring, owner, person.row_version, person.sealed);
}

function over(): BaileeError {
  return new BaileeError('not_found', 'This link was used or is too old. Ask for a new one.');
}
