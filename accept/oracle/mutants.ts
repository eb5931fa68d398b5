/** Faults for decide() and the tables it looks up, each planted alone in a copy of what was built. */
import { MUTANTS_OF_TABLES } from './mutants-tables.ts';
import type { OracleMutant } from './plant.ts';

const DECIDE: readonly OracleMutant[] = [
  ['a fault is not counted', 'if (faults.length > 0)', 'if (faults.length > 1)'],
  ['evidence is not asked', 'if (evidence !== null)', 'if (false)'],
  [
    'a purpose of choice is taken for one without',
    "if (rule.choice !== 'none')",
    "if (rule.choice === 'until-refused')",
  ],
  ['a restriction is passed over', 'customer.restricted !== false && !legalDuty', 'false && !legalDuty'],
  ['a restriction shuts the customer’s own view', ' && !legalDuty && !known.ownView', ' && !legalDuty'],
  [
    'a restriction shuts the legal duty',
    'customer.restricted !== false && !legalDuty &&',
    'customer.restricted !== false &&',
  ],
  ['an erasure is passed over', 'customer.erased !== false && !legalDuty', 'false'],
  ['an erasure shuts the legal duty', 'customer.erased !== false && !legalDuty', 'customer.erased !== false'],
  ['a transfer is passed over', 'if (destination !== null)', 'if (false)'],
  ['a rule of the store shuts no purpose', 'if (closesPurpose(each))', 'if (false)'],
  ['a balancing is not asked', 'if (rule.balancing && ', 'if (false && '],
  ['any balancing serves', 'balanced?.includes(purpose) !== true', '(balanced?.length ?? 0) === 0'],
  ['an objection is passed over', 'if (objection !== null)', 'if (false)'],
  ['a basis may be swapped', '!Object.hasOwn(told, purpose)', 'true'],
  ['one basis of two is enough', '!rule.bases.every(', '!rule.bases.some('],
  ['what is held is shown', 'held?.includes(field.retention) === true', 'false'],
  ['what is held is withheld from the legal duty', " && authority.purpose !== 'legal-duty'", ''],
  [
    'a field serves every purpose',
    '!authority.ownView && !field.purposes.includes(authority.purpose)',
    'false',
  ],
  ['a customer sees only fields for service', '!authority.ownView && !field.purposes', '!field.purposes'],
  ['what is no longer kept is shown', '!retained.includes(field.retention)', 'false'],
  ['what cannot be masked is masked', "cell.state === 'masked' && field.maskable !== true", 'false'],
  [
    'what cannot be masked is masked by a store',
    "after.state !== 'masked' || field.maskable === true",
    'true',
  ],
  ['rules of the store do not reach fields', 'added.length === 0 ? before', 'true ? before'],
].map(([name, from, to]) => ({ name: name!, file: 'decide.js', from: from!, to: to! }));

const STANDING: readonly OracleMutant[] = [
  ['a choice that is not understood is silence', "choice !== undefined && choice !== 'granted'", 'false'],
  ['a stale grant counts', 'customer.stale?.includes(purpose) === true', 'false'],
  ['silence is taken for a grant', 'lacking !== null && !without', 'false'],
  ['silence never opens', 'lacking !== null && openWithoutChoice(question, rule, rules)', 'false'],
  [
    'every grant counts',
    "choice === 'granted' ? grantFault(customer, purpose, rules)",
    "choice === 'granted' ? null",
  ],
  ['a signal against sale is passed over', 'truthy(customer.optOutSignal)', 'false'],
  [
    'a signal shuts advertising only',
    "new Set(['advertising', 'partner-sharing'])",
    "new Set(['advertising'])",
  ],
  ['a child chooses alone', 'isUnder(customer, rules.parentUnder)', 'false'],
  ['a parent chooses for the grown', 'age >= rules.ownFrom', 'age > 200'],
  ['a choice by both is one by a parent', "by === 'self' || by === 'both'", "by === 'self'"],
  ['whoever chose, the choice counts', '(!self || isUnder', '(false || isUnder'],
  ['a parent and a child together are no parent', "by === 'parent' || by === 'both'", "by === 'parent'"],
  ['an age that shuts is passed over', 'if (isUnder(customer, rule.closedUnder))', 'if (false)'],
  [
    'a child is opened to by silence',
    'if (isUnder(customer, Math.max(rules.parentUnder, rule.choiceUnder)))',
    'if (false)',
  ],
  [
    'silence opens to a child of whom a choice is asked',
    'Math.max(rules.parentUnder, rule.choiceUnder)',
    'rules.parentUnder',
  ],
  ['a sale needs no opt-out at collection', 'customer.sale?.optOutAtCollection === true &&', ''],
  ['a message may speak of anything', 'message?.similarProducts === true &&', ''],
  ['a message needs no opt-out', ' &&\n        message.optOutIncluded === true', ''],
  ['an opt-out regime is passed over', "if (rule.choice === 'until-refused')", 'if (false)'],
  ['the birthday itself is still under age', '!(age >= limit)', '!(age > limit)'],
  ['a child’s signal is passed over', ': truthy(childSignal)', ': false'],
  ['an unknown age is a child’s', ': truthy(childSignal)', ': true'],
  ['an overridden objection still shuts', "objection === 'overridden' && balanced ? null", 'false ? null'],
  ['an objection that waits is overridden', "objection === 'overridden' && balanced", 'balanced'],
  [
    'consent is balanced against an objection',
    "rule.bases.every((basis) => basis === 'legitimate-interest')",
    'true',
  ],
  [
    'an objection shuts contracts and duties',
    'objection === undefined || isBound(rule)',
    'objection === undefined',
  ],
].map(([name, from, to]) => ({ name: name!, file: 'standing.js', from: from!, to: to! }));

export const ORACLE_MUTANTS: readonly OracleMutant[] = [...DECIDE, ...STANDING, ...MUTANTS_OF_TABLES];
