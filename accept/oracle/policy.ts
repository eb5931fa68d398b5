/**
 * A Cedar policy from `packs/`: each regime that applies forbids what it forbids, and Cedar combines them, for one
 * forbid is enough to close. decide() works the combination out beforehand; here no one does.
 */
import { optional } from './house.ts';
import { type Book, type Voice, voices } from './law.ts';
import {
  basisPolicy,
  choicePolicy,
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
  const grant = grantThatCounts(purpose, all);
  const policies = [
    ...housePolicies(purpose),
    ...(optional(purpose) ? silence(purpose, grant, all, setting) : []),
    ...(asked ? shutToChildren(purpose, all) : []),
    ...(fraud ? interest(purpose, grant, all) : []),
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
function silence(
  purpose: string,
  grant: string,
  all: readonly Voice[],
  { optOut, softOptIn }: Setting,
): Named[] {
  if (NEVER_IN_SILENCE.includes(purpose)) return [silencePolicy(purpose, 'house', grant)];
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
    silencePolicy(purpose, 'house', grant, opened(bySilence, bySale)),
    ...ways.map(({ voice, now, later }) =>
      silencePolicy(
        purpose,
        voice.regime.code,
        grant,
        opened(bySilence && now !== 'closes', bySale && later !== 'closes'),
      ),
    ),
    ...all.map((voice) => childInSilence(purpose, grant, voice.regime.code, choiceBelow(voice, purpose))),
    ...agesOfConsent(all).map(({ code, under: age }) => childInSilence(purpose, grant, code, age)),
  ];
}

function childInSilence(purpose: string, grant: string, code: string, age: number): Named {
  return forbid(`child:${code}`, purpose, `!(${grant}) && ${under(age)}`);
}

/** Granted, not stale, and by the person whom every law asks: the parent below its age, the customer from it on. */
function grantThatCounts(purpose: string, all: readonly Voice[]): string {
  const by = `(if context.chosenBy has "${purpose}" then context.chosenBy["${purpose}"] else "self")`;
  const own = (age: number) => `!(${by} == "parent" && context has age && context.age >= ${age})`;
  return [
    `context.choices has "${purpose}" && context.choices["${purpose}"] == "granted"`,
    `!(context.stale.contains("${purpose}"))`,
    `["self", "parent", "both"].contains(${by})`,
    own(MAJORITY),
    ...agesOfConsent(all).flatMap(({ under: age }) => [`!(${by} == "self" && ${under(age)})`, own(age)]),
  ].join(' && ');
}

function shutToChildren(purpose: string, all: readonly Voice[]): Named[] {
  return all
    .filter((voice) => shutBelow(voice, purpose) > 0)
    .map((voice) => forbid(`shut:${voice.regime.code}`, purpose, under(shutBelow(voice, purpose))));
}

/** Fraud prevention: a balanced interest, or consent where a regime knows no such interest. */
function interest(purpose: string, grant: string, all: readonly Voice[]): Named[] {
  const without = all.filter(knowsNoInterest);
  const knowing = all.filter((voice) => voice.regime.general && !without.includes(voice));
  return [
    ...without.flatMap(({ regime: { code } }) => [
      silencePolicy(purpose, code, grant),
      forbid(`objection:${code}`, purpose, objects(purpose)),
      basisPolicy(purpose, 'consent', code),
    ]),
    ...(without.length > 0 ? [choicePolicy(purpose)] : []),
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
