/** The people of the demo shop: one of each role, invited, joined and trained by the verbs that everybody uses. */
import { Secret, TOTP } from 'otpauth';
import type { Role } from '../../../contract/names.ts';
import type { GateCtx } from '../../gate/context.ts';
import { staffToken } from '../../keys/blind.ts';
import { acceptInvitation } from '../../staff/people/accept.ts';
import { type By, OPERATOR } from '../../staff/people/by.ts';
import { type Invite, invite } from '../../staff/people/invite.ts';
import { makeLink } from '../../staff/people/links.ts';
import { findByEmail } from '../../staff/people/sql.ts';
import { makeTeam, teamsOf } from '../../staff/people/teams.ts';
import { endSessions } from '../../staff/sessions/sql.ts';
import { signInByCode } from '../../staff/sign-in/sign-in.ts';
import { trainingPlan } from '../../staff/training/catalog.ts';
import { writeAttempt } from '../../staff/training/sql.ts';
import type { DemoStaff } from './file.ts';

interface Plan {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly language: 'en' | 'zh-CN';
  readonly team: 'Customer service' | 'Privacy and security' | null;
  /** One is left to pass the courses, so that it can be seen what happens without. */
  readonly trained: boolean;
}

const someone = (name: string, email: string, role: Role, team: Plan['team'], trained = true): Plan => ({
  name,
  email: `${email}@meadow-mill.example`,
  role,
  language: role === 'order-desk' ? 'zh-CN' : 'en',
  team,
  trained,
});

const PLANS: readonly Plan[] = [
  someone('Mara Lindqvist', 'mara', 'support', 'Customer service'),
  someone('Tomás Ferreira', 'tomas', 'support', 'Customer service'),
  someone('陈静', 'chen.jing', 'order-desk', 'Customer service'),
  someone('Aiko Mori', 'aiko', 'marketing', null),
  someone('Noah Becker', 'noah', 'analyst', null, false),
  someone('Priya Raman', 'priya', 'privacy-officer', 'Privacy and security'),
  someone('Samuel Osei', 'samuel', 'security', 'Privacy and security'),
  someone('Elena Rossi', 'elena', 'administrator', null),
  someone('Youssef Haddad', 'youssef', 'auditor', null),
];
const WORDS = [
  ...['meadow', 'barley', 'kettle', 'linen', 'orchard', 'copper', 'thistle', 'walnut', 'harbor', 'lantern'],
  ...['pebble', 'saddle', 'ribbon', 'clover', 'timber', 'marble', 'teapot', 'willow', 'anchor', 'pepper'],
];
const YEAR_MS = 365 * 86_400_000;
const DEVICE = { device: 'The demo', network: 'demo' };

/** Makes them; for a new demo shop. */
export async function makeDemoStaff(ctx: GateCtx, store: string): Promise<DemoStaff[]> {
  const by = { id: OPERATOR, store };
  const teams = new Map<string, string>();
  for (const { team } of PLANS)
    if (team !== null && !teams.has(team)) teams.set(team, await teamOf(ctx, by, team));
  const made: DemoStaff[] = [];
  for (const plan of PLANS) {
    const { name, email, role, language, team } = plan;
    const password = passwordOf(ctx);
    const { id, token } = await linkFor(ctx, {
      by,
      email,
      name,
      language,
      roles: [{ role, until: null }],
      teams: team === null ? [] : [teams.get(team)!],
    });
    const joined = await acceptInvitation(ctx, { token, password, where: DEVICE });
    const totpSecret = joined.enrol!.secret;
    const code = codeAt(totpSecret, ctx.clock.now());
    await signInByCode(ctx, { value: joined.started.value, code, where: DEVICE });
    await endSessions(ctx.db, id, new Date(ctx.clock.now()));
    if (plan.trained) await train(ctx, id, role);
    made.push({ id, name, email, password, role, totpSecret });
  }
  return made;
}

/** A start that was cut short may have invited somebody already: they get a new link. */
async function linkFor(
  ctx: GateCtx,
  input: Invite,
): Promise<{ readonly id: string; readonly token: string }> {
  const known = await findByEmail(ctx.db, staffToken(ctx, input.email));
  if (known === null) return invite(ctx, input);
  const link = await makeLink(ctx, ctx.db, { person: known.id, kind: 'join', madeBy: OPERATOR });
  return { id: known.id, token: link.token };
}

async function teamOf(ctx: GateCtx, by: By, name: string): Promise<string> {
  const known = (await teamsOf(ctx.db, by.store)).find((team) => team.name === name);
  return known?.id ?? (await makeTeam(ctx, by, name)).id;
}

/** The code of a moment (UTC milliseconds). */
export function codeAt(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
}

/** Four words and four digits: long enough, and quick to type. */
function passwordOf(ctx: GateCtx): string {
  const left = [...WORDS];
  const bytes = [...ctx.random.bytes(6)];
  const words = bytes.slice(0, 4).map((byte) => left.splice(byte % left.length, 1)[0]);
  return [...words, 1000 + ((bytes[4]! * 256 + bytes[5]!) % 9000)].join('-');
}

async function train(ctx: GateCtx, person: string, role: Role): Promise<void> {
  const { courses, roles } = trainingPlan();
  const now = ctx.clock.now();
  for (const course of roles[role] ?? [])
    await writeAttempt(ctx.db, person, course, new Date(now), {
      version: courses.get(course)!.version,
      until: new Date(now + YEAR_MS),
    });
}
