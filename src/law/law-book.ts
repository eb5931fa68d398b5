/** Packs as one body of law: their regimes resolved, their rules compiled once for each set, their facts asked. */

import { BaileeError } from '../platform/errors.ts';
import type { LawInPlay } from './answer.ts';
import { compileRules, NOTHING_CHOSEN, type StoreSettings } from './compile-rules.ts';
import type { Pack } from './facts.ts';
import { type Applying, resolve, STRICTEST, type Whereabouts } from './resolve.ts';
import type { Rules } from './rules.ts';

export interface LawBook {
  readonly law: LawInPlay;
  /** Names of the packs, in order. */
  readonly packs: readonly string[];
  readonly apply: (where: Whereabouts) => readonly Applying[];
  /** The law of these whereabouts: regimes that apply, with their facts. */
  readonly lawFor: (where: Whereabouts) => LawInPlay;
  /** `on`: a day. Remembered for each set of regimes and day. */
  readonly rulesFor: (where: Whereabouts, on: string) => Rules;
}

function fault(reason: string): never {
  throw new BaileeError('invalid_pack', `${reason}.`, { reason });
}

/** Sets of regimes times days that are remembered; a year of a shop that sells to the world stays below it. */
const MOST_REMEMBERED = 2000;

/**
 * @param chosen codes of the regimes that stand in where the customer's region is not known
 * @throws BaileeError `invalid_pack` when a regime stands in two packs, or a chosen one in none
 */
export function bindLaw(
  packs: readonly Pack[],
  settings: StoreSettings = NOTHING_CHOSEN,
  chosen?: readonly string[],
): LawBook {
  const regimes = packs.flatMap((pack) => pack.regimes);
  const facts = packs.flatMap((pack) => pack.facts);
  const codes = regimes.map(({ code }) => code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) fault(`the regime ${twice} stands in two packs`);
  const missing = chosen?.find((code) => !codes.includes(code));
  if (missing !== undefined)
    fault(`no pack holds the regime ${missing.slice(0, 40)}, which is to stand in for unknown regions`);
  const strictest = chosen ?? STRICTEST;
  const apply = (where: Whereabouts) => resolve(regimes, where, strictest);
  const lawFor = (where: Whereabouts): LawInPlay => {
    const applying = apply(where).map(({ regime }) => regime);
    const names = new Set(applying.map(({ code }) => code));
    return { regimes: applying, facts: facts.filter(({ regime }) => names.has(regime)) };
  };
  const remembered = new Map<string, Rules>();
  const rulesFor = (where: Whereabouts, on: string): Rules => {
    const key = JSON.stringify([where.customer, where.store, on]);
    let rules = remembered.get(key);
    if (rules === undefined) {
      rules = compileRules(lawFor(where), on, settings);
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(key, rules);
    }
    return rules;
  };
  return { law: { regimes, facts }, packs: packs.map(({ pack }) => pack), apply, lawFor, rulesFor };
}
