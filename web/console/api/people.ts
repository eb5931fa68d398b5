/** People of the store: roles, teams, invitations, and the review of access. */
import type { Static } from 'typebox';
import type { Role } from '../../../contract/names.ts';
import type {
  ChangeBody,
  Done,
  InviteAnswer,
  InviteBody,
  ReviewedAnswer,
  StaffList,
  StaffMember,
  TeamAnswer,
} from '../../../contract/staff.ts';
import { call } from './call.ts';
import { proved } from './proved.ts';

export type Member = Static<typeof StaffMember>;
export type Staff = Static<typeof StaffList>;
export type Invitation = Static<typeof InviteBody>;
export type Invited = Static<typeof InviteAnswer>;
export type Changes = Static<typeof ChangeBody>;
export type Reviewed = Static<typeof ReviewedAnswer>;
type DoneAnswer = Static<typeof Done>;

export const listStaff = () => call<Staff>('GET', '/api/staff');
export const invitePerson = (body: Invitation) =>
  proved(() => call<Invited>('POST', '/api/staff/invite', body));
export const changePerson = (id: string, body: Changes) =>
  proved(() => call<DoneAnswer>('POST', `/api/staff/${id}`, body));
export const letGo = (id: string) => proved(() => call<DoneAnswer>('POST', `/api/staff/${id}/leave`));
export const recoverPerson = (id: string) => proved(() => call<Invited>('POST', `/api/staff/${id}/recover`));
export const makeTeam = (name: string) =>
  proved(() => call<Static<typeof TeamAnswer>>('POST', '/api/staff/teams', { name }));
export const reviewAccess = (people: readonly { readonly id: string; readonly keep: readonly Role[] }[]) =>
  proved(() => call<Reviewed>('POST', '/api/staff/review', { people }));
