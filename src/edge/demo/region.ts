/** What the demo shop knows of a country: how people there are named, live, pay and are called. */
import type { Language } from './language.ts';
import type { Chance } from './random.ts';

/** A word in its own script, and in Latin letters for an e-mail address. */
export type Written = readonly [own: string, latin: string];

export interface Place {
  readonly city: string;
  /** State, province or prefecture, where an address there has one. */
  readonly state?: string;
  /** `#` stands for a digit. */
  readonly postalCode: string;
  /**
   * `#` stands for a digit. From the ranges that the regulator keeps for film and fiction where
   * there are any (DE, FR, GB, US); elsewhere from blocks that no subscriber number begins with.
   */
  readonly phones: readonly string[];
}

export interface Region {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** BCP 47, language and country. */
  readonly locale: string;
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
  /** Digits after the decimal point of the currency, as prices there are written. */
  readonly decimals: 0 | 2;
  /** What a euro costs in that currency; round figures, they price a demo. */
  readonly perEuro: number;
  readonly taxPercent: number;
  /** How many of 100 customers live here. */
  readonly share: number;
  readonly given: readonly Written[];
  readonly family: readonly Written[];
  /** Puts a name together as it is written there. */
  fullName(given: string, family: string): string;
  readonly streets: readonly string[];
  /** A street with house number (and flat), as it is written there. */
  house(random: Chance, street: string): string;
  readonly places: readonly Place[];
  /** Where shops ask for one. Its check digits are wrong on purpose: it is nobody's. */
  nationalId?(random: Chance): string;
}

/** Names that are their own Latin spelling, but for accents. */
export function latin(...names: string[]): Written[] {
  return names.map((name) => [name, name]);
}
