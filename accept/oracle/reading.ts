/** What one regime says of one purpose, in the oracle's own reading of the facts. */
import { agesIn, met, type OracleFact, type Voice, verified } from './law.ts';

/** How the packs name what a purpose does. */
const USES: Readonly<Record<string, readonly string[]>> = {
  analytics: ['cookies'],
  personalization: ['cookies', 'advertising'],
  'marketing-email': ['marketing-email', 'marketing'],
  'marketing-sms': ['marketing-sms', 'marketing'],
  'marketing-phone': ['marketing-phone', 'marketing'],
  'marketing-push': ['marketing-push', 'marketing'],
  advertising: ['advertising'],
  'partner-sharing': ['sale', 'sharing', 'advertising'],
};
const AFTER_A_SALE = ['sale', 'own-similar-products', 'opt-out-at-collection', 'opt-out-in-message'];
const SOFT = 'marketing-email-soft-opt-in';

export function usesOf(purpose: string): readonly string[] {
  return USES[purpose] ?? [];
}

/** `opens`: no choice is needed; `closes`: one is; `silent`: the regime does not speak of it and need not. */
export type Stance = 'opens' | 'closes' | 'silent';

/** Where the customer has said nothing. */
export function stanceInSilence(voice: Voice, purpose: string): Stance {
  return together(voice, usesOf(purpose), []);
}

/** Where a sale has gone before, an opt-out was offered then, and is in the message. */
export function stanceAfterSale(voice: Voice): Stance {
  if (open(voice, SOFT, AFTER_A_SALE) === true) return 'opens';
  return together(voice, [SOFT, ...usesOf('marketing-email')], AFTER_A_SALE);
}

function together(voice: Voice, uses: readonly string[], words: readonly string[]): Stance {
  const said = uses.map((use) => open(voice, use, words)).filter((each) => each !== null);
  const general =
    said.length > 0 ? said : [open(voice, 'personal-data', words)].filter((each) => each !== null);
  if (general.length === 0) return voice.regime.general ? 'closes' : 'silent';
  return general.every((each) => each) ? 'opens' : 'closes';
}

/** Whether a use is open without a choice; null where the regime does not speak of it. */
function open(voice: Voice, use: string, words: readonly string[]): boolean | null {
  const about = voice.facts.filter(({ of }) => of === use);
  const forbidden = about
    .filter(({ topic }) => topic === 'prohibition')
    .some(({ value }) => bites(value, words));
  const permissions = about.filter(({ topic }) => topic === 'use');
  if (forbidden) return false;
  // A prohibition that does not bite permits nothing: only a permission opens.
  if (permissions.length === 0) return null;
  return permissions.every((fact) => verified(fact) && permits(fact, words));
}

function bites({ when, unless }: OracleFact['value'], words: readonly string[]): boolean {
  const conditions = [when ?? []].flat();
  return (conditions.length === 0 || met(conditions, words)) && !met(unless, words);
}

function permits({ value }: OracleFact, words: readonly string[]): boolean {
  if (value.model === 'barred' || met(value.never, words)) return false;
  if (met(value.unless, words)) return true;
  return (value.model === 'free' || value.model === 'opt-out') && !met(value['opt-in-if'], words);
}

/** Below these ages the purpose is shut whatever was chosen. */
export function shutBelow(voice: Voice, purpose: string): number {
  return highest(voice, purpose, ({ topic, value }) =>
    topic === 'prohibition' ? agesIn(value.when) : agesIn(value.never),
  );
}

/** Below these ages silence opens nothing. */
export function choiceBelow(voice: Voice, purpose: string): number {
  return highest(voice, purpose, ({ topic, value }) => (topic === 'use' ? agesIn(value['opt-in-if']) : []));
}

function highest(voice: Voice, purpose: string, ages: (fact: OracleFact) => readonly number[]): number {
  const about = voice.facts.filter(
    ({ topic, of }) => (topic === 'use' || topic === 'prohibition') && usesOf(purpose).includes(of),
  );
  return Math.max(0, ...about.flatMap(ages));
}

/** The ages of consent; a national age that was read in a source goes before the frame that leaves room for it. */
export function agesOfConsent(all: readonly Voice[]): { readonly code: string; readonly under: number }[] {
  const named = all.flatMap(({ regime, facts }) =>
    facts
      .filter(({ topic, of }) => topic === 'age.consent' && of === 'consent')
      .map((fact) => ({ regime, fact, under: fact.value.under })),
  );
  const framed = named.filter(({ fact }) => verified(fact)).map(({ regime }) => regime.within);
  return named.flatMap(({ regime, under }) =>
    typeof under === 'number' && !framed.includes(regime.code) ? [{ code: regime.code, under }] : [],
  );
}

/** A regime that lists its bases, with no legitimate interest among them (PIPL art. 13). */
export function knowsNoInterest({ facts }: Voice): boolean {
  return facts.some(
    ({ topic, of, value }) =>
      topic === 'use' &&
      of === 'personal-data' &&
      !(value.unless ?? []).some((group) => group.split(' + ').includes('legitimate-interest')),
  );
}

export interface Abroad {
  readonly adequate: readonly string[];
  readonly routes: readonly string[];
}

/** What opens a transfer under this regime; null where it restricts none. */
export function abroad({ regime, facts }: Voice): Abroad | null {
  const permissions = facts.filter(({ topic, of }) => topic === 'use' && of === 'transfer');
  if (permissions.length === 0 && !regime.general) return null;
  if (
    permissions.some(
      (fact) => verified(fact) && fact.value.model === 'free' && fact.value.never === undefined,
    )
  )
    return null;
  const lists = facts
    .filter(({ topic, of }) => topic === 'list' && of === 'adequate-countries')
    .filter(verified);
  const named = permissions.filter(verified).flatMap(({ value }) => value.unless ?? []);
  return {
    adequate: lists.flatMap(({ value }) => value.items ?? []),
    // That a country is adequate is for the law to say, not for the sender; what takes two things is no single route.
    routes: named.filter((route) => !route.includes(' + ') && !route.startsWith('adequate-')),
  };
}

export function asksTransferConsent({ facts }: Voice): boolean {
  return facts.some(
    ({ topic, of }) => topic === 'duty.transfer' && of === 'get-separate-consent-for-transfer',
  );
}
