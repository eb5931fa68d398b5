/** Movers: other roles, other teams, another name. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { recordStaff } from '../record.ts';
import type { By } from './by.ts';
import { nameOf } from './invite.ts';
import { openNamed, sealNamed, staffRing } from './sealed.ts';
import {
  otherAdministrators,
  type PersonRow,
  type RoleGiven,
  readPerson,
  renamePerson,
  rolesOf,
  setRoles,
} from './sql.ts';
import { setTeams } from './teams.ts';
import { tellRights, watchesNow } from './watchers.ts';

export interface Change {
  readonly by: By;
  readonly person: string;
  readonly roles?: readonly RoleGiven[];
  readonly teams?: readonly string[];
  readonly name?: string;
}

/**
 * Holds from the person's next request on. Nobody gives themselves roles, and one administrator always stays.
 * Throws `not_found`, `forbidden`, `conflict`.
 */
export async function changePerson(ctx: Ctx, input: Change): Promise<void> {
  const { by, roles, teams, name } = input;
  await ctx.db.transaction(async (tx) => {
    const person = await workingPerson(tx, by, input.person);
    const now = new Date(ctx.clock.now());
    if (roles !== undefined) {
      needOther(by, person);
      if (!roles.some(({ role }) => role === 'administrator')) await needAdministratorLeft(tx, person, now);
      const held = await rolesOf(tx, { store: by.store, person: person.id, now });
      if (watchesNow(roles, held)) await tellRights(ctx, tx, by, person.id);
      await setRoles(tx, person.id, roles, now);
    }
    if (teams !== undefined) await setTeams(tx, by.store, person.id, teams);
    if (name !== undefined) await rename(ctx, tx, person, nameOf(name));
    await recordStaff(ctx, tx, {
      store: by.store,
      person: person.id,
      by: by.id,
      step: 'changed',
      details: {
        ...(roles === undefined ? {} : { roles: roles.map(({ role }) => role) }),
        ...(teams === undefined ? {} : { teams: [...teams] }),
      },
    });
  });
}

async function rename(ctx: Ctx, tx: Transaction, person: PersonRow, name: string): Promise<void> {
  const owner = { id: person.id, store: person.store_id };
  const ring = await staffRing(ctx, tx, [person.id]);
  const { email } = openNamed(ctx, ring, owner, person.row_version, person.sealed);
  const version = person.row_version + 1;
  await renamePerson(tx, person.id, version, sealNamed(ctx, ring, owner, version, { name, email }));
}

/** Somebody of this store who has not left, locked. Throws `not_found`. */
export async function workingPerson(tx: Transaction, by: By, id: string): Promise<PersonRow> {
  // One change of people at a time: two that take each other's last administrator would both find one left.
  await tx.query({ text: 'SELECT id FROM bailee.store WHERE id = $1 FOR UPDATE', values: [by.store] });
  const person = await readPerson(tx, id, true);
  if (person === null || person.store_id !== by.store || person.state === 'left')
    throw new BaileeError('not_found', 'Nobody of this id works here.');
  return person;
}

/** Throws `forbidden` where somebody would act on themselves. */
export function needOther(by: By, person: Pick<PersonRow, 'id'>): void {
  if (by.id === person.id)
    throw new BaileeError('forbidden', 'Nobody changes their own rights. Ask another administrator.');
}

/** Throws `conflict` when the store would have no administrator left. */
export async function needAdministratorLeft(tx: Transaction, person: PersonRow, now: Date): Promise<void> {
  const others = await otherAdministrators(tx, person.store_id, person.id, now);
  if (others === 0)
    throw new BaileeError('conflict', 'This is the only administrator. Make another one first.');
}
