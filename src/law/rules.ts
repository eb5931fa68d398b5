/** What the regimes of a customer make of each purpose, worked out once, so that a decision only looks up. */
import { OPTIONAL_PURPOSES, PURPOSES, type Purpose } from '../../contract/names.ts';
import { type Authorities, makeAuthorities } from './authority.ts';
import { PURPOSE_BASIS } from './purposes.ts';
import type { LegalBasis, Reason } from './types.ts';

export interface PurposeRule {
  /** One for each regime that differs, the strictest first. Fixed before collection; never swapped for another. */
  readonly bases: readonly LegalBasis[];
  /** `needed`: shut until granted; `until-refused`: the regimes and the store let it be open; `none`: no choice is asked. */
  readonly choice: 'needed' | 'until-refused' | 'none';
  /** A sale may stand for a choice, when its conditions hold. */
  readonly softOptIn: boolean;
  /** Below this age the purpose is shut whatever was chosen; 0: never. */
  readonly closedUnder: number;
  /** Below this age `until-refused` is `needed`. */
  readonly choiceUnder: number;
  /** A current balancing record is asked for. */
  readonly balancing: boolean;
}

export interface Rules {
  /** Names the rules in openings and in the ledger. */
  readonly hash: string;
  /** Codes of the regimes, in order; empty: the built-in rules. */
  readonly regimes: readonly string[];
  readonly purposes: ReadonlyMap<string, PurposeRule>;
  /** Below it a parent must have chosen: the highest age of the regimes; 0: none is known. */
  readonly parentUnder: number;
  /** From it on the customer must have chosen: the lowest age of the regimes. */
  readonly ownFrom: number;
  /** Countries that need no further route, under every regime that speaks of transfers. */
  readonly adequate: ReadonlySet<string>;
  /** Routes that every such regime accepts; null: no regime restricts transfers. */
  readonly routes: ReadonlySet<string> | null;
  /** A transfer abroad needs a consent of its own. */
  readonly transferConsent: boolean;
  readonly authorities: Authorities;
  /** The same where an opt-out regime, or a sale, stands for a choice. */
  readonly withoutChoice: Authorities;
}

/** An opt-out regime or a sale in place of a choice: the reason that is then shown. */
export const WITHOUT_CHOICE: Reason = Object.freeze({
  rule: 'basis.without-choice',
  source: 'Dir. 2002/58/EC art. 13(2); Cal. Civ. Code 1798.120; the packs of the regimes that apply',
});

const OPTIONAL: ReadonlySet<string> = new Set(OPTIONAL_PURPOSES);

export function isOptional(purpose: string): boolean {
  return OPTIONAL.has(purpose);
}

/** The rule that is shown for a purpose: its own basis, or consent where a regime knows no legitimate interest. */
function basisReason(purpose: Purpose, consentInstead: boolean): Reason {
  const known = PURPOSE_BASIS.get(purpose)!;
  const swapped = consentInstead && known.basis === 'legitimate-interest';
  return swapped ? PURPOSE_BASIS.get('analytics')!.reason : known.reason;
}

// Made once for all rules: there are only these two sets of bases, and the tables are large.
const WITH_INTEREST = makeAuthorities((purpose) => basisReason(purpose, false));
const WITHOUT_INTEREST = makeAuthorities((purpose) => basisReason(purpose, true));
const WITHOUT_A_CHOICE = makeAuthorities((purpose) => (isOptional(purpose) ? WITHOUT_CHOICE : null));

/** The tables of reasons behind revealed fields. `interest`: every regime knows a legitimate interest. */
export function authoritiesFor(interest: boolean): Pick<Rules, 'authorities' | 'withoutChoice'> {
  return { authorities: interest ? WITH_INTEREST : WITHOUT_INTEREST, withoutChoice: WITHOUT_A_CHOICE };
}

/** Rules of a store that has set no packs: GDPR and PIPL as built in, every optional purpose shut until granted. */
export const BUILT_IN: Rules = Object.freeze({
  hash: 'built-in',
  regimes: [],
  purposes: new Map(
    PURPOSES.map((purpose) => [
      purpose,
      {
        bases: [PURPOSE_BASIS.get(purpose)!.basis],
        choice: isOptional(purpose) ? 'needed' : 'none',
        softOptIn: false,
        closedUnder: 0,
        choiceUnder: 0,
        balancing: false,
      } satisfies PurposeRule,
    ]),
  ),
  // GDPR art. 8(1) without a national age, and PIPL art. 31.
  parentUnder: 16,
  ownFrom: 14,
  adequate: new Set<string>(),
  routes: new Set<string>(),
  transferConsent: true,
  ...authoritiesFor(true),
});
