/** Inviting somebody: a person with roles, and a link that lets them set a password. */
import type { Role } from '../../../contract/names.ts';
import { IDENTIFIER_KINDS } from '../../../contract/names.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { identifierToken, knownToken, staffToken } from '../../keys/blind.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { recordStaff } from '../record.ts';
import type { By } from './by.ts';
import { type MadeLink, makeLink } from './links.ts';
import { sealNamed, staffRing } from './sealed.ts';
import { insertPerson, type RoleGiven, setRoles } from './sql.ts';
import { setTeams } from './teams.ts';
import { tellRights, watchesNow } from './watchers.ts';

export interface Invite {
  readonly by: By;
  readonly email: string;
  readonly name: string;
  readonly language: 'en' | 'zh-CN';
  readonly roles: readonly RoleGiven[];
  readonly teams: readonly string[];
}

export interface Invited extends MadeLink {
  readonly id: string;
}

/** The link works once, for seven days. Throws `invalid_identifier`, `conflict` when the address has an account, `not_found`. */
export function invite(ctx: Ctx, input: Invite): Promise<Invited> {
  return ctx.db.transaction((tx) => inviteIn(ctx, tx, input));
}

/** The same in a transaction of the caller's. */
export async function inviteIn(ctx: Ctx, tx: Transaction, input: Invite): Promise<Invited> {
  const { by, language, roles, teams } = input;
  const name = nameOf(input.name);
  const email = emailOf(input.email);
  const now = new Date(ctx.clock.now());
  const id = ctx.random.id();
  const ring = await staffRing(ctx, tx, [id], true);
  const identifier = identifierToken(ctx, by.store, 'email', email);
  const made = await insertPerson(tx, {
    id,
    store: by.store,
    language,
    emailToken: staffToken(ctx, email),
    knownToken: knownToken(ctx, by.store, IDENTIFIER_KINDS.email, identifier),
    sealed: sealNamed(ctx, ring, { id, store: by.store }, 1, { name, email }),
    now,
  });
  if (!made) throw new BaileeError('conflict', 'Somebody signs in with this address already.');
  await setRoles(tx, id, roles, now);
  await setTeams(tx, by.store, id, teams);
  if (watchesNow(roles, [])) await tellRights(ctx, tx, by, id);
  const link = await makeLink(ctx, tx, { person: id, kind: 'join', madeBy: by.id });
  await recordStaff(ctx, tx, {
    store: by.store,
    person: id,
    by: by.id,
    step: 'invited',
    details: { roles: roles.map(({ role }): Role => role) },
  });
  return { id, ...link };
}

/** As it is shown: no control characters, no marks that turn the direction of writing. Throws `invalid_body`. */
export function nameOf(text: string, path = '/name'): string {
  const name = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (name === '' || name.length > 200)
    throw new BaileeError('invalid_body', 'Give a name of 1 to 200 characters.', { path });
  return name;
}

function emailOf(text: string): string {
  const normalized = normalizeIdentifier('email', text);
  if (!normalized.ok)
    throw new BaileeError('invalid_identifier', 'This is not a usable email address.', {
      why: normalized.why,
    });
  return normalized.value;
}
