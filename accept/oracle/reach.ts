/** Whether generated cases are real: a property that holds because nothing ever opens says nothing. */
import { PURPOSES } from '../../contract/names.ts';
import { type OracleCase, type OracleQuestion, SETTINGS } from './case.ts';
import { ORACLE_ROLES, sees, worksFor } from './house.ts';

const FEWEST_OPEN = 0.3;
const MOST_OPEN = 0.7;

/** What each dimension of a question can be; every one must be met with an answer that opens and with one that does not. */
const MET: Readonly<Record<string, (question: OracleQuestion) => boolean>> = {
  evidence: ({ evidence }) => evidence !== null,
  'an unknown age': ({ customer }) => customer.age === null,
  'a child': ({ customer }) => customer.age !== null && customer.age < 16,
  'a parent who chose': ({ customer, purpose }) => customer.chosenBy[purpose] === 'parent',
  'a choice by child and parent': ({ customer, purpose }) => customer.chosenBy[purpose] === 'both',
  'no choice': ({ customer, purpose }) => customer.choices[purpose] === undefined,
  'an objection': ({ customer, purpose }) => customer.objections[purpose] !== undefined,
  'a restriction': ({ customer }) => customer.restricted,
  'an erasure': ({ customer }) => customer.erased,
  'a hold': ({ customer }) => customer.held.length > 0,
  'a signal': ({ customer }) => customer.optOutSignal,
  'a sale': ({ customer, purpose }) =>
    customer.sale !== null && purpose === 'marketing-email' && customer.choices[purpose] === undefined,
  'bases that were told': ({ customer, purpose }) => customer.collectedUnder[purpose] !== undefined,
  'a destination': ({ destination }) => destination !== null,
  'rules of a store': ({ policy }) => policy.rules.length > 0,
};

/** What is missing, in words; empty when the cases are a fair mix. `answers` begin with 1 (open) or 0. */
export function reachOf(cases: readonly OracleCase[], answers: readonly string[]): string[] {
  const open = cases.filter((_, at) => answers[at]!.startsWith('1'));
  const shut = cases.filter((_, at) => !answers[at]!.startsWith('1'));
  const share = open.length / cases.length;
  const missing: string[] = [];
  if (share < FEWEST_OPEN || share > MOST_OPEN) missing.push(`${Math.round(share * 100)} % open`);
  const both = (what: string, is: (each: OracleCase) => boolean) => {
    if (!open.some(is)) missing.push(`${what} is never open`);
    if (!shut.some(is)) missing.push(`${what} is never shut`);
  };
  for (const purpose of PURPOSES) both(purpose, ({ question }) => question.purpose === purpose);
  for (const role of ORACLE_ROLES)
    if (worksFor(role).length > 0) both(role, ({ question }) => question.role === role);
  for (const [index, { customer, store }] of SETTINGS.entries())
    both(`${customer ?? '?'} in ${store ?? '?'}`, ({ setting }) => setting === index);
  for (const [what, is] of Object.entries(MET)) both(what, ({ question }) => is(question));
  for (const state of ['r', 'm', 'w'])
    for (const role of ORACLE_ROLES)
      if (!seen(role, state, cases, answers)) missing.push(`${role} never gets "${state}"`);
  return missing;
}

function seen(
  role: (typeof ORACLE_ROLES)[number],
  state: string,
  cases: readonly OracleCase[],
  answers: readonly string[],
): boolean {
  if (state === 'r' && sees(role, 'revealed').length === 0) return true;
  if (state === 'm' && sees(role, 'revealed').length + sees(role, 'masked').length === 0) return true;
  return cases.some(({ question }, at) => question.role === role && answers[at]!.includes(state, 1));
}
