/** Who may be given a case. */
import { BaileeError } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import { READERS } from './roles.ts';
import { isTeam, worksAs } from './sql.ts';

export interface Holders {
  readonly store: string;
  /** Null: nobody yet. */
  readonly assignee: string | null;
  readonly team: string | null;
  readonly now: Date;
}

/** Throws `invalid_body` for somebody who has left, who may not see cases, or who is of another store. */
export async function needHolders(tx: Tx, { store, assignee, team, now }: Holders): Promise<void> {
  if (assignee !== null && !(await worksAs(tx, { store, person: assignee, roles: READERS, now })))
    throw new BaileeError('invalid_body', 'This person does not work on cases in this store.', {
      path: '/assignee',
    });
  if (team !== null && !(await isTeam(tx, store, team)))
    throw new BaileeError('invalid_body', 'There is no such team in this store.', { path: '/team' });
}
