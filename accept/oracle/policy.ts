/**
 * A Cedar policy from `packs/`: each regime that applies forbids what it forbids, and Cedar combines them, for one
 * forbid is enough to close. decide() works the combination out beforehand; here no one does.
 */
import { optional } from './house.ts';
import { type Book, type Voice, voices } from './law.ts';
import {
  basisPolicy,
  choicePolicies,
  chose,
  forbid,
  housePolicies,
  list,
  type Named,
  objects,
  silencePolicy,
  under,
} from './policy-house.ts';
import {
  abroad,
  agesOfConsent,
  asksTransferConsent,
  choiceBelow,
  knowsNoInterest,
  shutBelow,
  stanceAfterSale,
  stanceInSilence,
} from './reading.ts';

/** A shop, where its customer lives, the day, and what the store has chosen to use of what the law leaves open. */
export interface Setting {
  readonly customer: string | null;
  readonly store: string | null;
  readonly on: string;
  readonly optOut: readonly string[];
  readonly softOptIn: boolean;
}

const MAJORITY = 18;
const NEVER_IN_SILENCE = ['ai-training', 'research'];
const AFTER_SALE = '(context.optOutAtCollection && context.similarProducts && context.optOutIncluded)';

/** The policies on one purpose in a setting. Regimes that say the same share a policy. */
export function cedarPolicies(book: Book, setting: Setting, purpose: string): Named[] {
  const all = voices(book, setting.customer, setting.store, setting.on);
  const fraud = purpose === 'fraud-prevention';
  const asked = optional(purpose) || (fraud && all.some(knowsNoInterest));
  const policies = [
    ...housePolicies(purpose),
    ...(optional(purpose) ? silence(purpose, all, setting) : []),
    ...(asked ? children(purpose, all) : []),
    ...(fraud ? interest(purpose, all) : []),
    ...transfers(purpose, all),
  ];
  const byText = new Map<string, Named>();
  for (const { id, text } of policies) {
    const same = byText.get(text);
    byText.set(text, same === undefined ? { id, text } : { id: `${same.id} ${id}`, text });
  }
  return [...byText.values()];
}

/** What opens without a choice: where some regime says so, and none closes. */
function silence(purpose: string, all: readonly Voice[], { optOut, softOptIn }: Setting): Named[] {
  if (NEVER_IN_SILENCE.includes(purpose)) return [silencePolicy(purpose, 'house')];
  const ways = all.map((voice) => ({
    voice,
    now: optOut.includes(purpose) ? stanceInSilence(voice, purpose) : 'closes',
    later: softOptIn && purpose === 'marketing-email' ? stanceAfterSale(voice) : 'closes',
  }));
  // Where nobody opens a way, to be silent about it opens nothing either.
  const bySilence = ways.some(({ now }) => now === 'opens');
  const bySale = ways.some(({ later }) => later === 'opens');
  const opened = (now: boolean, later: boolean) => (now ? 'true' : later ? AFTER_SALE : 'false');
  return [
    silencePolicy(purpose, 'house', opened(bySilence, bySale)),
    ...ways.map(({ voice, now, later }) =>
      silencePolicy(
        purpose,
        voice.regime.code,
        opened(bySilence && now !== 'closes', bySale && later !== 'closes'),
      ),
    ),
    ...all
      .filter((voice) => choiceBelow(voice, purpose) > 0)
      .map((voice) => childInSilence(purpose, voice.regime.code, choiceBelow(voice, purpose))),
  ];
}

function childInSilence(purpose: string, code: string, age: number): Named {
  return forbid(`child-choice:${code}`, purpose, `!(context.choices has "${purpose}") && ${under(age)}`);
}

function children(purpose: string, all: readonly Voice[]): Named[] {
  const by = `(if context.chosenBy has "${purpose}" then context.chosenBy["${purpose}"] else "self")`;
  const granted = chose(purpose, 'granted');
  const own = (code: string, age: number) =>
    forbid(
      `own:${code}`,
      purpose,
      `${granted} && ${by} == "parent" && context has age && context.age >= ${age}`,
    );
  return [
    ...agesOfConsent(all).flatMap(({ code, under: age }) => [
      forbid(`parent:${code}`, purpose, `${granted} && ${by} == "self" && ${under(age)}`),
      childInSilence(purpose, code, age),
      own(code, age),
    ]),
    own('majority', MAJORITY),
    ...all
      .filter((voice) => shutBelow(voice, purpose) > 0)
      .map((voice) => forbid(`shut:${voice.regime.code}`, purpose, under(shutBelow(voice, purpose)))),
  ];
}

/** Fraud prevention: a balanced interest, or consent where a regime knows no such interest. */
function interest(purpose: string, all: readonly Voice[]): Named[] {
  const without = all.filter(knowsNoInterest);
  const knowing = all.filter((voice) => voice.regime.general && !without.includes(voice));
  return [
    ...without.flatMap(({ regime: { code } }) => [
      silencePolicy(purpose, code),
      forbid(`objection:${code}`, purpose, objects(purpose)),
      basisPolicy(purpose, 'consent', code),
    ]),
    ...(without.length > 0 ? choicePolicies(purpose) : []),
    ...knowing.flatMap(({ regime: { code } }) => [
      forbid(`balancing:${code}`, purpose, `!(context.balanced.contains("${purpose}"))`),
      basisPolicy(purpose, 'legitimate-interest', code),
    ]),
  ];
}

function transfers(purpose: string, all: readonly Voice[]): Named[] {
  const to = 'context.destination';
  return all.flatMap((voice) => {
    const { code } = voice.regime;
    const open = abroad(voice);
    const ways: string[] = [];
    if (open !== null && open.adequate.length > 0)
      ways.push(`(${to} has country && ${list(open.adequate)}.contains(${to}.country))`);
    if (open !== null && open.routes.length > 0)
      ways.push(`(${to} has route && ${list(open.routes)}.contains(${to}.route))`);
    const covered = ways.length === 0 ? 'false' : ways.join(' || ');
    const policies: Named[] = [];
    if (open !== null)
      policies.push(forbid(`abroad:${code}`, purpose, `context has destination && !(${covered})`));
    if (asksTransferConsent(voice))
      policies.push(
        forbid(`abroad-consent:${code}`, purpose, `context has destination && !${to}.separateConsent`),
      );
    return policies;
  });
}
