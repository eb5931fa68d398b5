/** Cases: the queue, one case, and what is said in it. */
import type { Static } from 'typebox';
import type {
  CannedAnswer,
  CannedBody,
  CannedList,
  CaseAnswer,
  CaseItem,
  CasesAnswer,
  CasesSummary,
  ChangeCaseBody,
  FindCaseAnswer,
  MessageAnswer,
  NewCaseBody,
  ReadCaseAnswer,
  SatisfactionAnswer,
} from '../../../contract/cases.ts';
import type { Done } from '../../../contract/staff.ts';
import { call, fetchFile, withQuery } from './call.ts';

export type Case = Static<typeof CaseItem>;
export type ReadCase = Static<typeof ReadCaseAnswer>;
export type ReadyAnswer = Static<typeof CannedList>['answers'][number];
export type SatisfactionWeek = Static<typeof SatisfactionAnswer>['weeks'][number];
export type CaseChanges = Omit<Static<typeof ChangeCaseBody>, 'version'>;
export type NewCase = Static<typeof NewCaseBody>;

export const listCases = (query: Readonly<Record<string, string | number | undefined>>) =>
  call<Static<typeof CasesAnswer>>('GET', withQuery('/api/cases', query));
export const summarizeCases = () => call<Static<typeof CasesSummary>>('GET', '/api/cases/summary');
export const findCase = (number: string) =>
  call<Static<typeof FindCaseAnswer>>('POST', '/api/cases/find', { number });
export const createCase = (body: NewCase) => call<Static<typeof CaseAnswer>>('POST', '/api/cases', body);
/** An opening. */
export const readCase = (id: string, reason: string | null) =>
  call<ReadCase>('POST', `/api/cases/${id}/read`, reason === null ? {} : { reason });
export const changeCase = (id: string, version: number, changes: CaseChanges) =>
  call<Static<typeof CaseAnswer>>('POST', `/api/cases/${id}`, { version, ...changes });
export const rateCase = (id: string, satisfaction: number) =>
  call<Static<typeof CaseAnswer>>('POST', `/api/cases/${id}/satisfaction`, { satisfaction });
export const readSatisfaction = () =>
  call<Static<typeof SatisfactionAnswer>>('GET', '/api/cases/satisfaction');
export const addMessage = (id: string, kind: 'answer' | 'note', text: string) =>
  call<Static<typeof MessageAnswer>>('POST', `/api/cases/${id}/messages`, { kind, text });
export const listCanned = () => call<Static<typeof CannedList>>('GET', '/api/cases/canned');
export const addCanned = (body: Static<typeof CannedBody>) =>
  call<Static<typeof CannedAnswer>>('POST', '/api/cases/canned', body);
export const removeCanned = (id: string) =>
  call<Static<typeof Done>>('POST', `/api/cases/canned/${id}/remove`);
/** An opening, like the case itself. */
export const openAttachment = (id: string, attachment: string, reason: string | null) =>
  fetchFile(`/api/cases/${id}/attachments/${attachment}`, reason === null ? {} : { reason });
