/** Approvals, break-glass, alerts, people one knows, and training. */
import type { Static } from 'typebox';
import type {
  AlertList,
  ApprovalList,
  AskApprovalAnswer,
  BreakGlassAnswer,
  BreakGlassList,
  DecideApprovalAnswer,
  KnownList,
  ReasonAnswer,
} from '../../../contract/conditions.ts';
import type { Done } from '../../../contract/staff.ts';
import type { AnswersAnswer, CourseAnswer, CourseList } from '../../../contract/training.ts';
import type { Looking } from '../ground.ts';
import { call } from './call.ts';

type DoneAnswer = Static<typeof Done>;
export type Approval = Static<typeof ApprovalList>['approvals'][number];
export type Glass = Static<typeof BreakGlassList>['breakGlass'][number];
export type Alert = Static<typeof AlertList>['alerts'][number];
export type Course = Static<typeof CourseAnswer>;
export type Known = Static<typeof KnownList>['known'][number];

export const listApprovals = () => call<Static<typeof ApprovalList>>('GET', '/api/approvals');
export const decideApproval = (id: string, approve: boolean) =>
  call<Static<typeof DecideApprovalAnswer>>('POST', `/api/approvals/${id}/decide`, { approve });
/** Recorded, like every reading. */
export const approvalReason = (id: string) =>
  call<Static<typeof ReasonAnswer>>('GET', `/api/approvals/${id}/reason`);
/** A second person's word for erasing a customer. */
export const askErasure = (customer: string, reason: string) =>
  call<Static<typeof AskApprovalAnswer>>('POST', '/api/approvals', { customer, act: 'erasure', reason });
export const listGlass = () => call<Static<typeof BreakGlassList>>('GET', '/api/break-glass');
export const breakGlass = (identifier: Looking, purpose: string, reason: string) =>
  call<Static<typeof BreakGlassAnswer>>('POST', '/api/break-glass', { identifier, purpose, reason });
export const reviewGlass = (id: string, justified: boolean) =>
  call<DoneAnswer>('POST', `/api/break-glass/${id}/review`, { justified });
export const glassReason = (id: string) =>
  call<Static<typeof ReasonAnswer>>('GET', `/api/break-glass/${id}/reason`);
export const listAlerts = () => call<Static<typeof AlertList>>('GET', '/api/alerts');
export const seeAlert = (id: string) => call<DoneAnswer>('POST', `/api/alerts/${id}/seen`);

export const listKnown = () => call<Static<typeof KnownList>>('GET', '/api/known');
export const declareKnown = (
  relation: Known['relation'],
  identifier: { readonly kind: Known['kind']; readonly value: string },
) => call<DoneAnswer>('POST', '/api/known', { relation, identifier });

export const listCourses = () => call<Static<typeof CourseList>>('GET', '/api/training');
export const readCourse = (course: string) => call<Course>('GET', `/api/training/${course}`);
export const answerCourse = (course: string, version: number, answers: Readonly<Record<string, string>>) =>
  call<Static<typeof AnswersAnswer>>('POST', `/api/training/${course}/answers`, { version, answers });
