/** Teams: who gets work together. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { recordStaff } from '../record.ts';
import type { By } from './by.ts';

export interface Team {
  readonly id: string;
  readonly name: string;
}

export async function teamsOf(tx: Tx, store: string): Promise<Team[]> {
  const { rows } = await tx.query<Team>({
    name: 'team_list',
    text: 'SELECT id, name FROM bailee.team WHERE store_id = $1 ORDER BY name',
    values: [store],
  });
  return rows;
}

/** Person to the ids of their teams. */
export async function membersOf(tx: Tx, store: string): Promise<Map<string, string[]>> {
  const { rows } = await tx.query<{ person_id: string; teams: string[] }>({
    name: 'team_members',
    text: `SELECT m.person_id, array_agg(m.team_id ORDER BY t.name) AS teams FROM bailee.team_member m
           JOIN bailee.team t ON t.id = m.team_id WHERE t.store_id = $1 GROUP BY m.person_id`,
    values: [store],
  });
  return new Map(rows.map((row) => [row.person_id, row.teams]));
}

/** Throws `not_found` for a team of another store. */
export async function setTeams(
  tx: Tx,
  store: string,
  person: string,
  teams: readonly string[],
): Promise<void> {
  const known = new Set((await teamsOf(tx, store)).map((team) => team.id));
  if (teams.some((team) => !known.has(team)))
    throw new BaileeError('not_found', 'There is no such team in this store.');
  await tx.query({ text: 'DELETE FROM bailee.team_member WHERE person_id = $1', values: [person] });
  await tx.query({
    text: 'INSERT INTO bailee.team_member (team_id, person_id) SELECT unnest($2::uuid[]), $1',
    values: [person, [...new Set(teams)]],
  });
}

/** Throws `conflict` when there is one of this name. */
export async function makeTeam(ctx: Ctx, by: By, name: string): Promise<Team> {
  const id = ctx.random.id();
  const trimmed = name.trim();
  await ctx.db.transaction(async (tx) => {
    const { rowCount } = await tx.query({
      text: `INSERT INTO bailee.team (id, store_id, name, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (store_id, name) DO NOTHING`,
      values: [id, by.store, trimmed, new Date(ctx.clock.now())],
    });
    if (rowCount === 0) throw new BaileeError('conflict', 'There is a team of this name already.');
    await recordStaff(ctx, tx, {
      store: by.store,
      person: null,
      by: by.id,
      step: 'team-made',
      details: { team: id },
    });
  });
  return { id, name: trimmed };
}
