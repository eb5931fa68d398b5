/** People who work here, their roles and teams, and the store's keys. */
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Role } from '../../../contract/names.ts';
import {
  ChangeBody,
  ColleagueList,
  Done,
  InviteAnswer,
  InviteBody,
  KeyList,
  NewKeyAnswer,
  NewKeyBody,
  ReviewBody,
  ReviewedAnswer,
  RotateKeyBody,
  StaffList,
  StaffPath,
  TeamAnswer,
  TeamBody,
} from '../../../contract/staff.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { KeyKind } from '../../staff/keys/make.ts';
import { listKeys, newKey, revokeKey, rotateKey } from '../../staff/keys/manage.ts';
import type { By } from '../../staff/people/by.ts';
import { changePerson } from '../../staff/people/change.ts';
import { invite } from '../../staff/people/invite.ts';
import { letGo } from '../../staff/people/leave.ts';
import { listColleagues, listStaff } from '../../staff/people/list.ts';
import { recoverPerson } from '../../staff/people/recover.ts';
import { reviewAccess } from '../../staff/people/review.ts';
import type { RoleGiven } from '../../staff/people/sql.ts';
import { makeTeam } from '../../staff/people/teams.ts';
import { needSteppedUp } from '../../staff/sign-in/step-up.ts';
import type { Edge, Server } from './edge.ts';
import { rowId, timeOf } from './reading.ts';
import { needTwoFactors, person } from './signed-in.ts';

const DONE = { done: true } as const;
/** Who gives and takes rights. */
const MANAGERS: readonly Role[] = ['administrator'];
/** Who sees all of them: managers, and those who check on managers. */
const OVERSEERS: readonly Role[] = ['administrator', 'privacy-officer', 'security', 'auditor'];
/** Who signs for them. */
const REVIEWERS: readonly Role[] = ['administrator', 'privacy-officer'];
const HOUR_MS = 3_600_000;
const OVERLAP_HOURS = 24;

export function staffRoutes(server: Server, { app }: Edge): void {
  const { ctx } = app;
  server.get('/staff', { schema: { response: { 200: StaffList } } }, async (request) =>
    listStaff(ctx, overseer(request).store.id),
  );

  server.get('/staff/colleagues', { schema: { response: { 200: ColleagueList } } }, async (request) =>
    listColleagues(ctx, person(request).store.id),
  );

  server.post(
    '/staff/invite',
    { schema: { body: InviteBody, response: { 200: InviteAnswer } } },
    async (request) => {
      const by = manager(request);
      const { email, name, language = 'en', teams = [] } = request.body;
      const roles = rolesGiven(request.body.roles);
      const { id, token, until } = await invite(ctx, { by, email, name, language, roles, teams });
      return { id, link: joinLink(ctx.config.publicUrl ?? app.url(), token), until: until.toISOString() };
    },
  );

  server.post(
    '/staff/review',
    { schema: { body: ReviewBody, response: { 200: ReviewedAnswer } } },
    async (request) => {
      const session = person(request, REVIEWERS);
      needSteppedUp(session);
      const people = request.body.people.map(({ id, keep }) => ({ id: rowId(id), keep }));
      return reviewAccess(ctx, { by: byOf(session), people });
    },
  );

  server.post(
    '/staff/teams',
    { schema: { body: TeamBody, response: { 200: TeamAnswer } } },
    async (request) => makeTeam(ctx, manager(request), request.body.name),
  );

  onePerson(server, app);
}

function onePerson(server: Server, app: Edge['app']): void {
  const { ctx } = app;
  server.post(
    '/staff/:id',
    { schema: { params: StaffPath, body: ChangeBody, response: { 200: Done } } },
    async (request) => {
      const { roles, ...rest } = request.body;
      await changePerson(ctx, {
        by: manager(request),
        person: rowId(request.params.id),
        ...rest,
        ...(roles === undefined ? {} : { roles: rolesGiven(roles) }),
      });
      return DONE;
    },
  );

  server.post(
    '/staff/:id/leave',
    { schema: { params: StaffPath, response: { 200: Done } } },
    async (request) => {
      await letGo(ctx, { by: manager(request), person: rowId(request.params.id) });
      return DONE;
    },
  );

  server.post(
    '/staff/:id/recover',
    { schema: { params: StaffPath, response: { 200: InviteAnswer } } },
    async (request) => {
      const id = rowId(request.params.id);
      const { token, until } = await recoverPerson(ctx, { by: manager(request), person: id });
      return { id, link: joinLink(ctx.config.publicUrl ?? app.url(), token), until: until.toISOString() };
    },
  );
}

export function keyRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/keys', { schema: { response: { 200: KeyList } } }, async (request) =>
    listKeys(ctx, overseer(request).store.id),
  );

  server.post('/keys', { schema: { body: NewKeyBody, response: { 200: NewKeyAnswer } } }, async (request) => {
    const { kind, role, label, until } = request.body;
    const made = await newKey(ctx, {
      by: manager(request),
      key: keyKind(kind, role),
      label,
      until: until === undefined ? null : new Date(timeOf(until, '/until')),
    });
    return { id: made.id, key: made.text };
  });

  server.post(
    '/keys/:id/rotate',
    { schema: { params: StaffPath, body: RotateKeyBody, response: { 200: NewKeyAnswer } } },
    async (request) => {
      const overlapMs = (request.body.overlapHours ?? OVERLAP_HOURS) * HOUR_MS;
      const made = await rotateKey(ctx, { by: manager(request), id: rowId(request.params.id), overlapMs });
      return { id: made.id, key: made.text };
    },
  );

  server.post(
    '/keys/:id/revoke',
    { schema: { params: StaffPath, response: { 200: Done } } },
    async (request) => {
      await revokeKey(ctx, { by: manager(request), id: rowId(request.params.id) });
      return DONE;
    },
  );
}

/** Throws `forbidden`, for one factor too. */
function overseer(request: FastifyRequest): ReturnType<typeof person> {
  const session = person(request, OVERSEERS);
  needTwoFactors(session);
  return session;
}

/** An administrator who has just shown who they are. Throws `forbidden`, `step_up_required`. */
function manager(request: FastifyRequest): By {
  const session = person(request, MANAGERS);
  needSteppedUp(session);
  return byOf(session);
}

function byOf({ id, store }: ReturnType<typeof person>): By {
  return { id, store: store.id };
}

/** The token stands after `#`, which a browser sends to nobody. */
export function joinLink(url: string, token: string): string {
  return `${url}/console/join#${token}`;
}

/** Roles with their end. Throws `invalid_body`. */
export function rolesGiven(roles: Static<typeof InviteBody>['roles']): RoleGiven[] {
  return roles.map(({ role, until }) => ({
    role,
    until: until === undefined || until === null ? null : new Date(timeOf(until, '/roles')),
  }));
}

function keyKind(kind: 'server' | 'browser' | 'api', role: Role | undefined): KeyKind {
  if ((kind === 'api') !== (role !== undefined))
    throw new BaileeError('invalid_body', 'An API key has a role, and a write key has none.', {
      path: '/role',
    });
  return kind === 'api' ? { kind, role: role! } : { kind };
}
