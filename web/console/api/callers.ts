/** Checking who calls, by questions whose right answers stay with the server. */
import type { Static } from 'typebox';
import type { CallerAnswersAnswer, VerifyCallerAnswer } from '../../../contract/callers.ts';
import type { Ground } from '../ground.ts';
import { call } from './call.ts';
import { grounded } from './customers.ts';

export type Asked = Static<typeof VerifyCallerAnswer>;

/** Of questions that were asked before the answers count no more. */
export const askCaller = (customer: string, ground: Ground) =>
  call<Asked>('POST', `/api/customers/${customer}/verify-caller`, grounded(ground));
/** In the order of the questions. */
export const answerCaller = (customer: string, check: string, answers: readonly string[]) =>
  call<Static<typeof CallerAnswersAnswer>>(
    'POST',
    `/api/customers/${customer}/verify-caller/${check}/answer`,
    {
      answers,
    },
  );
