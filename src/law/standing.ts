/** Choices, objections, age and signals: whether the customer leaves the purpose open. */
import type { Purpose } from '../../contract/names.ts';
import type { Question } from './question.ts';
import { REASONS } from './reasons.ts';
import type { PurposeRule, Rules } from './rules.ts';
import type { CustomerFacts, Reason } from './types.ts';

/** Signals against sale and sharing close these, whatever was chosen before. */
const SHUT_BY_SIGNAL: ReadonlySet<string> = new Set(['advertising', 'partner-sharing']);

export interface Standing {
  /** What stands against the purpose; empty when nothing does. */
  readonly faults: readonly Reason[];
  /** Open without a choice: by an opt-out regime, or by a sale. */
  readonly withoutChoice: boolean;
}

const OPEN: Standing = Object.freeze({ faults: [], withoutChoice: false });
const OPEN_WITHOUT: Standing = Object.freeze({ faults: [], withoutChoice: true });

/** How the customer stands to an optional purpose, or to one that a regime makes a matter of choice. */
export function standing(question: Question, rule: PurposeRule, rules: Rules): Standing {
  const { customer, purpose } = question;
  const faults: Reason[] = [];
  const choice = own(customer.choices, purpose);
  let without = false;
  if (choice === 'refused')
    faults.push(purpose.startsWith('marketing-') ? REASONS.choiceRefusedMarketing : REASONS.choiceRefused);
  // A choice that is not understood is no silence, on which an opt-out could rest.
  else if (choice !== undefined && choice !== 'granted') faults.push(REASONS.choiceAbsent);
  else {
    const lacking = choice === 'granted' ? grantFault(customer, purpose, rules) : REASONS.choiceAbsent;
    // A grant that does not count is as good as none: then only what is open without a choice is open.
    without = lacking !== null && openWithoutChoice(question, rule, rules);
    if (lacking !== null && !without) faults.push(lacking);
  }
  if (SHUT_BY_SIGNAL.has(purpose) && truthy(customer.optOutSignal)) faults.push(REASONS.optOutSignal);
  if (isUnder(customer, rule.closedUnder)) faults.push(REASONS.childClosed);
  if (faults.length > 0) return { faults, withoutChoice: false };
  return without ? OPEN_WITHOUT : OPEN;
}

function openWithoutChoice({ customer, message }: Question, rule: PurposeRule, rules: Rules): boolean {
  // A child is asked, and a parent answers: nothing is open to one by silence.
  if (isUnder(customer, Math.max(rules.parentUnder, rule.choiceUnder))) return false;
  if (rule.choice === 'until-refused') return true;
  return (
    rule.softOptIn &&
    customer.sale?.optOutAtCollection === true &&
    message?.similarProducts === true &&
    message.optOutIncluded === true
  );
}

/**
 * Why a grant does not count: it is stale, or the wrong person made it. Below the highest age a parent must have chosen;
 * from the lowest on, the customer; between two regimes, both.
 */
function grantFault(customer: CustomerFacts, purpose: Purpose, rules: Rules): Reason | null {
  if (customer.stale?.includes(purpose) === true) return REASONS.choiceStale;
  const by = customer.chosenBy === undefined ? 'self' : (own(customer.chosenBy, purpose) ?? 'self');
  // Who is none of the three has chosen for nobody.
  const self = by === 'self' || by === 'both';
  const parent = by === 'parent' || by === 'both';
  if (!parent && (!self || isUnder(customer, rules.parentUnder))) return REASONS.childParent;
  const { age } = customer;
  // Where a parent chose and the age is not known, the parent's authority is not known to have ended.
  return !self && typeof age === 'number' && age >= rules.ownFrom ? REASONS.childOwn : null;
}

/** An unknown age is adult, unless the store serves children or a signal says otherwise. */
function isUnder({ age, childSignal }: CustomerFacts, limit: number): boolean {
  if (limit === 0) return false;
  return typeof age === 'number' ? !(age >= limit) : truthy(childSignal);
}

/**
 * What an objection does. To marketing it is absolute and immediate; to a legitimate interest it restricts until a
 * balancing is recorded; to a contract or a duty it is refused, with the reason shown (GDPR art. 21).
 */
export function objectionFault({ customer, purpose }: Question, rule: PurposeRule): Reason | null {
  const objection = customer.objections === undefined ? undefined : own(customer.objections, purpose);
  if (objection === undefined || isBound(rule)) return null;
  if (purpose.startsWith('marketing-') || purpose === 'advertising') return REASONS.objected;
  const balanced = rule.bases.every((basis) => basis === 'legitimate-interest');
  return objection === 'overridden' && balanced ? null : REASONS.objectionPending;
}

/** The note that goes with an objection which changes nothing. */
export function objectionNote({ customer, purpose }: Question, rule: PurposeRule): Reason | null {
  if (customer.objections === undefined || own(customer.objections, purpose) === undefined) return null;
  return isBound(rule) ? REASONS.objectionRefused : null;
}

function isBound({ bases }: PurposeRule): boolean {
  return bases.every((basis) => basis === 'contract' || basis === 'legal-obligation');
}

// Own properties only: nothing inherited may pass for a choice.
function own<T>(record: Readonly<Partial<Record<Purpose, T>>>, purpose: Purpose): T | undefined {
  return Object.hasOwn(record, purpose) ? record[purpose] : undefined;
}

/** Anything but a plain no counts as yes: what is not understood closes. */
function truthy(value: boolean | undefined): boolean {
  return value !== undefined && value !== false;
}
