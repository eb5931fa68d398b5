/** The public surface of `bailee/law`: packs in, answers out. Pure; nothing here reads a file or a clock. */
export { answerLaw, type LawInPlay } from './answer.ts';
export { compileRules, NOTHING_CHOSEN, type StoreSettings } from './compile-rules.ts';
export { decide } from './decide.ts';
export { type Explained, type ExplainInput, type Explanation, explain } from './explain.ts';
export type { Case, CaseFile, Fact, FactValue, LawQuestion, Pack, Regime } from './facts.ts';
export { type Judgment, judgeCases } from './judge-cases.ts';
export { bindLaw, type LawBook } from './law-book.ts';
export { parseCases } from './parse-cases.ts';
export { parsePack } from './parse-pack.ts';
export type { Question } from './question.ts';
export { type Applying, resolve, STRICTEST, type Whereabouts } from './resolve.ts';
export { BUILT_IN, type PurposeRule, type Rules } from './rules.ts';
export { KINDS, TOPICS } from './topics.ts';
export type {
  CallerFacts,
  CustomerFacts,
  Decision,
  Destination,
  FieldFacts,
  MessageFacts,
  Policy,
} from './types.ts';
export type { Ground, Verdict } from './verdict.ts';
