/** Signing in and out, and one's own account. */
import type { Static } from 'typebox';
import type { Role } from '../../../contract/names.ts';
import type {
  ColleagueList,
  DemoStaffAnswer,
  Done,
  InvitationAnswer,
  SessionAnswer,
  SessionList,
  SignInAnswer,
} from '../../../contract/staff.ts';
import { call } from './call.ts';

export type Session = Static<typeof SessionAnswer>;
export type SignedInStep = Static<typeof SignInAnswer>;
export type Colleagues = Static<typeof ColleagueList>;
type DoneAnswer = Static<typeof Done>;

export const readSession = () => call<Session>('GET', '/api/session');
export const signIn = (email: string, password: string) =>
  call<SignedInStep>('POST', '/api/session', { email, password });
export const signInByCode = (code: string) => call<SignedInStep>('POST', '/api/session/code', { code });
export const signOut = () => call<DoneAnswer>('POST', '/api/session/end');
export const switchRole = (role: Role) => call<DoneAnswer>('POST', '/api/session/role', { role });
export const saveLanguage = (language: 'en' | 'zh-CN') =>
  call<DoneAnswer>('POST', '/api/session/language', { language });
export const stepUp = (code: string) => call<DoneAnswer>('POST', '/api/session/step-up', { code });
export const changePassword = (current: string, password: string) =>
  call<DoneAnswer>('POST', '/api/session/password', { current, password });
export const listSessions = () => call<Static<typeof SessionList>>('GET', '/api/session/list');
export const endSession = (id: string) => call<DoneAnswer>('POST', `/api/session/list/${id}/end`);
export const listColleagues = () => call<Colleagues>('GET', '/api/staff/colleagues');
export const readInvitation = (token: string) =>
  call<Static<typeof InvitationAnswer>>('POST', '/api/invitation', { token });
export const acceptInvitation = (token: string, password: string) =>
  call<SignedInStep>('POST', '/api/invitation/accept', { token, password });
export type DemoPerson = Static<typeof DemoStaffAnswer>['people'][number];
export const demoStaff = () => call<Static<typeof DemoStaffAnswer>>('GET', '/api/demo/staff');
