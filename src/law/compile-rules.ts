/**
 * From the facts of the regimes that apply to the rules that a decision looks up. Permissions intersect: a purpose is
 * open without a choice only where every regime says so by verified facts and the store has chosen to use it.
 */
import { createHash } from 'node:crypto';
import { PURPOSES, type Purpose } from '../../contract/names.ts';
import { answerOf, type LawInPlay, speakersOf } from './answer.ts';
import { compileTransfers } from './compile-transfers.ts';
import type { LawQuestion } from './facts.ts';
import { PURPOSE_BASIS } from './purposes.ts';
import { authoritiesFor, isOptional, type PurposeRule, type Rules } from './rules.ts';
import type { LegalBasis } from './types.ts';
import { factsOn, type Speaking } from './verdict.ts';

/** What the store has chosen to use where the law leaves it. The default uses none of it. */
export interface StoreSettings {
  /** Purposes kept open until a refusal, where every regime is an opt-out regime. */
  readonly optOut: readonly Purpose[];
  /** Uses the soft opt-in for e-mail to buyers. */
  readonly softOptIn: boolean;
}

export const NOTHING_CHOSEN: StoreSettings = { optOut: [], softOptIn: false };

/** How the packs name what each purpose does; the first that a regime speaks of counts, with all of its list. */
const USES: Readonly<Partial<Record<Purpose, readonly string[]>>> = {
  analytics: ['cookies'],
  personalization: ['cookies', 'advertising'],
  'marketing-email': ['marketing-email', 'marketing'],
  'marketing-sms': ['marketing-sms', 'marketing'],
  'marketing-phone': ['marketing-phone', 'marketing'],
  'marketing-push': ['marketing-push', 'marketing'],
  advertising: ['advertising'],
  'partner-sharing': ['sale', 'sharing', 'advertising'],
};
/** Off unless chosen, whatever a regime would leave open. */
const ALWAYS_CHOSEN: ReadonlySet<string> = new Set(['ai-training', 'research']);
const SOFT_OPT_IN = ['sale', 'own-similar-products', 'opt-out-at-collection', 'opt-out-in-message'];
/** Majority: where no age of consent is known, a parent's choice ends here. */
const MAJORITY = 18;

/** `on`: the day whose law is asked for. The set needs a law on personal data as a whole, as `resolve` sees to. */
export function compileRules(law: LawInPlay, on: string, settings: StoreSettings = NOTHING_CHOSEN): Rules {
  const speakers = speakersOf(law, { on, ask: 'may' });
  const purposes = new Map(PURPOSES.map((purpose) => [purpose, ruleOf(purpose, speakers, on, settings)]));
  const ages = agesOf(law, on);
  const regimes = speakers.map(({ regime }) => regime.code);
  return Object.freeze({
    hash: hashOf(speakers, on, settings),
    regimes,
    purposes,
    parentUnder: Math.max(0, ...ages),
    ownFrom: Math.min(MAJORITY, ...ages),
    ...compileTransfers(speakers),
    ...authoritiesFor(!purposes.get('fraud-prevention')!.bases.includes('consent')),
  });
}

function ruleOf(
  purpose: Purpose,
  speakers: readonly Speaking[],
  on: string,
  settings: StoreSettings,
): PurposeRule {
  const { basis } = PURPOSE_BASIS.get(purpose)!;
  if (!isOptional(purpose)) {
    const bases = basis === 'legitimate-interest' ? interestBases(speakers) : [basis];
    return {
      bases,
      choice: bases.includes('consent') ? 'needed' : 'none',
      softOptIn: false,
      closedUnder: 0,
      choiceUnder: 0,
      balancing: bases.includes('legitimate-interest'),
    };
  }
  const uses = USES[purpose] ?? [];
  const until = settings.optOut.includes(purpose) && openWithoutChoice(purpose, uses, speakers, on, []);
  return {
    bases: [basis],
    choice: until ? 'until-refused' : 'needed',
    softOptIn:
      settings.softOptIn &&
      purpose === 'marketing-email' &&
      openWithoutChoice(purpose, ['marketing-email-soft-opt-in', ...uses], speakers, on, SOFT_OPT_IN),
    closedUnder: highestAge(speakers, uses, 'closed'),
    choiceUnder: highestAge(speakers, uses, 'choice'),
    balancing: false,
  };
}

/** Consent where a regime knows no legitimate interest, and that interest where one does. */
function interestBases(speakers: readonly Speaking[]): readonly LegalBasis[] {
  const without = speakers.filter(knowsNoInterest);
  const general = speakers.filter(({ regime }) => regime.general);
  const all = general.every((speaking) => without.includes(speaking));
  if (without.length > 0 && all) return ['consent'];
  return without.length > 0 ? ['consent', 'legitimate-interest'] : ['legitimate-interest'];
}

/** True for a regime that lists its bases and has no legitimate interest among them (PIPL art. 13). */
function knowsNoInterest(speaking: Speaking): boolean {
  const facts = factsOn(speaking, 'permission', { of: 'personal-data' });
  return facts.some(({ value }) => !value.unless.some((group) => group.includes('legitimate-interest')));
}

function openWithoutChoice(
  purpose: Purpose,
  uses: readonly string[],
  speakers: readonly Speaking[],
  on: string,
  words: readonly string[],
): boolean {
  if (ALWAYS_CHOSEN.has(purpose)) return false;
  const said = speakers.map((speaking) => mayWithout(speaking, uses, on, words));
  return said.includes('allow') && said.every((each) => each === 'allow' || each === 'silent');
}

function mayWithout(
  speaking: Speaking,
  uses: readonly string[],
  on: string,
  words: readonly string[],
): 'allow' | 'deny' | 'silent' {
  const ask = (of: string) => {
    const question: LawQuestion = { ask: 'may', of, with: words, on, measures: {}, holidays: [] };
    return answerOf(speaking, question).answer;
  };
  // A rule on the soft opt-in goes before the rule to which it is the exception.
  if (uses[0] === 'marketing-email-soft-opt-in' && ask(uses[0]) === 'allow') return 'allow';
  const answers = uses.map(ask).filter((each) => each !== 'unknown');
  if (answers.length === 0) answers.push(...[ask('personal-data')].filter((each) => each !== 'unknown'));
  if (answers.length === 0) return speaking.regime.general ? 'deny' : 'silent';
  return answers.every((each) => each === 'allow') ? 'allow' : 'deny';
}

/** The highest age that the facts on these uses name: shut below it, or in need of a choice. */
function highestAge(
  speakers: readonly Speaking[],
  uses: readonly string[],
  what: 'closed' | 'choice',
): number {
  const groups = speakers.flatMap((speaking) =>
    uses.flatMap((of) => [
      ...factsOn(speaking, 'permission', { of }).flatMap(({ value }) =>
        what === 'closed' ? value.never : value.optInIf,
      ),
      ...(what === 'closed'
        ? factsOn(speaking, 'prohibition', { of }).flatMap(({ value }) => value.when)
        : []),
    ]),
  );
  // A circumstance beside the age (a platform, profiling) is not known here, and so it counts as given.
  const ages = groups.flat().flatMap((word) => (word.startsWith('under-') ? [Number(word.slice(6))] : []));
  return Math.max(0, ...ages);
}

function agesOf(law: LawInPlay, on: string): number[] {
  return speakersOf(law, { on, ask: 'child' }).flatMap((speaking) =>
    factsOn(speaking, 'age', { of: 'consent' }).flatMap(({ value }) =>
      value.under === null ? [] : [value.under],
    ),
  );
}

function hashOf(speakers: readonly Speaking[], on: string, settings: StoreSettings): string {
  const said = speakers.map(({ regime, facts }) => [
    regime.code,
    facts.map(({ name, value, confidence }) => [name, value, confidence]),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([said, on, settings]))
    .digest('hex');
}
