/** Requests of customers about their data: the queue, one of them, and its steps. */
import type { Static } from 'typebox';
import type {
  Clock as ClockShape,
  Hold as HoldShape,
  NewRequestAnswer,
  NewRequestBody,
  OneRequestAnswer,
  RequestAnswer,
  RequestItem,
  RequestsAnswer,
  RequestsSummary,
  StepBody,
} from '../../../contract/requests.ts';
import { call, fetchFile, withQuery } from './call.ts';
import { proved } from './proved.ts';

export type Request = Static<typeof RequestItem>;
export type OneRequest = Static<typeof OneRequestAnswer>;
export type Clock = Static<typeof ClockShape>;
export type Hold = Static<typeof HoldShape>;
export type NewRequest = Static<typeof NewRequestBody>;
export type Step = Omit<Static<typeof StepBody>, 'version' | 'fields'> & {
  readonly fields?: readonly string[];
};

export const listRequests = (query: Readonly<Record<string, string | number | undefined>>) =>
  call<Static<typeof RequestsAnswer>>('GET', withQuery('/api/requests', query));
export const summarizeRequests = () => call<Static<typeof RequestsSummary>>('GET', '/api/requests/summary');
export const readRequest = (id: string) => call<OneRequest>('GET', `/api/requests/${id}`);
export const createRequest = (body: NewRequest) =>
  call<Static<typeof NewRequestAnswer>>('POST', '/api/requests', body);
/** What cannot be taken back asks for a new proof of who is there. */
export const takeStep = (id: string, version: number, step: Step) =>
  proved(() => call<Static<typeof RequestAnswer>>('POST', `/api/requests/${id}`, { version, ...step }));
/** An opening of all that is held: the access package, as a ZIP. */
export const makePackage = (customer: string, request: string, language: string) =>
  proved(() =>
    fetchFile(`/api/customers/${customer}/package`, {
      evidence: { request },
      language: language.slice(0, 2),
    }),
  );
