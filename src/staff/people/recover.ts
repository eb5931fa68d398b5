/** When password, app and recovery codes are all lost: a link, made by an administrator, and nothing in secret. */

import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { alertWatchers } from '../alert.ts';
import { recordStaff } from '../record.ts';
import type { By } from './by.ts';
import { needOther, workingPerson } from './change.ts';
import { type MadeLink, makeLink } from './links.ts';

/**
 * The link works once, for a day. The privacy officer and security see at once that it was made: whoever could use
 * it in somebody's place is found. Throws `not_found`, `forbidden`.
 */
export async function recoverPerson(
  ctx: Ctx,
  { by, person: id }: { readonly by: By; readonly person: string },
): Promise<MadeLink> {
  return ctx.db.transaction(async (tx) => {
    const person = await workingPerson(tx, by, id);
    needOther(by, person);
    if (person.state !== 'active' && person.state !== 'invited')
      throw new BaileeError('not_found', 'Nobody of this id works here.');
    const link = await makeLink(ctx, tx, { person: id, kind: 'recover', madeBy: by.id });
    await alertWatchers(ctx, tx, { kind: 'recovery', store: by.store, person: id });
    await recordStaff(ctx, tx, { store: by.store, person: id, by: by.id, step: 'recovery-link' });
    return link;
  });
}
