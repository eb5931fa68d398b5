/** The seam for policy packs: rules that may only tighten what the built-in tables allow. */
import type { Question } from './question.ts';
import type { FieldAnswer, FieldFacts, FieldState, Policy, PolicyRule, Reason } from './types.ts';

const LEVEL: Readonly<Record<FieldState, number>> = { revealed: 0, masked: 1, withheld: 2 };

/** A rule that applies to the question's role and purpose, with its reason made once. */
export interface RuleInForce {
  readonly rule: PolicyRule;
  readonly state: FieldState;
  readonly reason: Reason;
}

const NONE: readonly RuleInForce[] = Object.freeze([]);

// An absent list means everywhere; an empty one names nothing and applies nowhere.
function names<T>(list: readonly T[] | undefined, item: T): boolean {
  return list === undefined || list.includes(item);
}

/** What a rule leaves. An `atMost` that is not a known state counts as withheld. */
function leaves(rule: PolicyRule): FieldState {
  return rule.atMost === 'revealed' || rule.atMost === 'masked' ? rule.atMost : 'withheld';
}

// By id, then source: the order in which a pack lists its rules never shows.
function byId(a: RuleInForce, b: RuleInForce): number {
  if (a.reason.rule !== b.reason.rule) return a.reason.rule < b.reason.rule ? -1 : 1;
  if (a.reason.source === b.reason.source) return 0;
  return a.reason.source < b.reason.source ? -1 : 1;
}

/** The rules that tighten something for this role and purpose, in a fixed order. */
export function rulesInForce(policy: Policy, question: Question): readonly RuleInForce[] {
  let found: RuleInForce[] | undefined;
  for (const rule of policy.rules) {
    const state = leaves(rule);
    if (state === 'revealed') continue;
    if (!names(rule.roles, question.role) || !names(rule.purposes, question.purpose)) continue;
    found ??= [];
    found.push({ rule, state, reason: { rule: rule.id, source: rule.source } });
  }
  return found === undefined ? NONE : found.sort(byId);
}

/** True when the rule shuts the purpose itself, whatever the field. */
export function closesPurpose({ rule, state }: RuleInForce): boolean {
  return state === 'withheld' && rule.classes === undefined && rule.sensitivities === undefined;
}

/** The answer after the rules: never looser than before, with every rule that made it what it is. */
export function tighten(answer: FieldAnswer, field: FieldFacts, rules: readonly RuleInForce[]): FieldAnswer {
  let state = answer.state;
  let because = answer.because;
  for (const { rule, state: most, reason } of rules) {
    if (!names(rule.classes, field.class) || !names(rule.sensitivities, field.sensitivity)) continue;
    if (LEVEL[most] < LEVEL[state]) continue;
    because = LEVEL[most] > LEVEL[state] ? [reason] : [...because, reason];
    state = most;
  }
  return state === answer.state && because === answer.because
    ? answer
    : { name: answer.name, state, because };
}
