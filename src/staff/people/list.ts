/** Who works here. */
import type { Static } from 'typebox';
import type { ColleagueList, StaffList } from '../../../contract/staff.ts';
import type { Ctx } from '../../platform/ports.ts';
import { passkeyHolders } from '../passkeys/sql.ts';
import { openNamed, staffRing } from './sealed.ts';
import { peopleOf, rolesOf } from './sql.ts';
import { membersOf, teamsOf } from './teams.ts';

/** Everybody, with roles and how they stand; for those who manage people or check on it. */
export async function listStaff(ctx: Ctx, store: string): Promise<Static<typeof StaffList>> {
  const now = new Date(ctx.clock.now());
  const people = await peopleOf(ctx.db, store);
  const ids = people.map(({ id }) => id);
  const [ring, roles, members, teams, holders] = await Promise.all([
    staffRing(ctx, ctx.db, ids),
    rolesOf(ctx.db, { store, now }),
    membersOf(ctx.db, store),
    teamsOf(ctx.db, store),
    passkeyHolders(ctx.db, store),
  ]);
  return {
    teams,
    people: people.map((person) => ({
      id: person.id,
      ...openNamed(ctx, ring, { id: person.id, store }, person.row_version, person.sealed),
      state: person.state,
      roles: roles
        .filter((each) => each.person_id === person.id)
        .map(({ role, since, until }) => ({
          role,
          since: since.toISOString(),
          until: until?.toISOString() ?? null,
        })),
      teams: members.get(person.id) ?? [],
      secondFactor: person.totp_step !== null || holders.has(person.id),
      seenAt: person.seen_at?.toISOString() ?? null,
      reviewedAt: person.reviewed_at?.toISOString() ?? null,
    })),
  };
}

/** Names of those who work here now, for handing over. */
export async function listColleagues(ctx: Ctx, store: string): Promise<Static<typeof ColleagueList>> {
  const { people, teams } = await listStaff(ctx, store);
  return {
    teams,
    people: people
      .filter(({ state }) => state === 'active')
      .map(({ id, name, teams: own }) => ({ id, name, teams: own })),
  };
}
