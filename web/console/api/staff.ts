/** People who work here, and keys of programs. */
import type { Static } from 'typebox';
import type {
  ChangeBody,
  Done,
  InviteAnswer,
  InviteBody,
  KeyList,
  NewKeyAnswer,
  NewKeyBody,
  ReviewBody,
  ReviewedAnswer,
  StaffList,
  StaffMember,
  TeamAnswer,
} from '../../../contract/staff.ts';
import { call } from './call.ts';

export type Member = Static<typeof StaffMember>;
export type Staff = Static<typeof StaffList>;
export type Invited = Static<typeof InviteAnswer>;
export type Key = Static<typeof KeyList>['keys'][number];
type DoneAnswer = Static<typeof Done>;

export const listStaff = () => call<Staff>('GET', '/api/staff');
export const invitePerson = (body: Static<typeof InviteBody>) =>
  call<Invited>('POST', '/api/staff/invite', body);
export const changePerson = (id: string, body: Static<typeof ChangeBody>) =>
  call<DoneAnswer>('POST', `/api/staff/${id}`, body);
export const letGo = (id: string) => call<DoneAnswer>('POST', `/api/staff/${id}/leave`);
export const recoverPerson = (id: string) => call<Invited>('POST', `/api/staff/${id}/recover`);
export const makeTeam = (name: string) =>
  call<Static<typeof TeamAnswer>>('POST', '/api/staff/teams', { name });
export const reviewAccess = (body: Static<typeof ReviewBody>) =>
  call<Static<typeof ReviewedAnswer>>('POST', '/api/staff/review', body);

export const listKeys = () => call<Static<typeof KeyList>>('GET', '/api/keys');
export const newKey = (body: Static<typeof NewKeyBody>) =>
  call<Static<typeof NewKeyAnswer>>('POST', '/api/keys', body);
export const rotateKey = (id: string) =>
  call<Static<typeof NewKeyAnswer>>('POST', `/api/keys/${id}/rotate`, {});
export const revokeKey = (id: string) => call<DoneAnswer>('POST', `/api/keys/${id}/revoke`);
