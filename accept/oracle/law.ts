/**
 * The second reading of `packs/law`: regimes and facts straight from the YAML, and where they apply. The judge of
 * decide() shares no code with the judged, so that a misreading in one does not hide in the other.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface OracleRegime {
  readonly code: string;
  readonly territory: readonly string[];
  readonly reach: readonly string[];
  readonly general: boolean;
  readonly within: string | null;
}

export interface OracleFact {
  readonly regime: string;
  readonly topic: string;
  readonly of: string;
  readonly value: {
    readonly model?: string;
    readonly under?: number | 'none';
    readonly items?: readonly string[];
    readonly when?: string | readonly string[];
    readonly unless?: readonly string[];
    readonly never?: readonly string[];
    readonly 'opt-in-if'?: readonly string[];
  };
  readonly confidence: string;
  readonly effective_from?: string;
  readonly effective_to?: string;
}

export interface Book {
  readonly regimes: readonly OracleRegime[];
  readonly facts: readonly OracleFact[];
}

/** A regime with its facts in force on a day. */
export interface Voice {
  readonly regime: OracleRegime;
  readonly facts: readonly OracleFact[];
}

interface PackFile {
  readonly regimes: Readonly<Record<string, Partial<OracleRegime>>>;
  readonly facts: readonly (Omit<OracleFact, 'regime'> & { readonly regime?: string })[];
}

export function packFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .sort();
}

export function readBook(folder: string): Book {
  const files = packFiles(folder).map((name) => parse(readFileSync(join(folder, name), 'utf8')) as PackFile);
  const regimes = files.flatMap((file) =>
    Object.entries(file.regimes).map(
      ([code, { territory = [], reach = [], general = false, within = null }]) => ({
        code,
        territory,
        reach,
        general,
        within,
      }),
    ),
  );
  const facts = files.flatMap((file) =>
    file.facts.map((fact) => ({ ...fact, regime: fact.regime ?? Object.keys(file.regimes)[0]! })),
  );
  return { regimes, facts };
}

/** Outermost parts of France and Finland with codes of their own (TFEU art. 349, 355): the law of both holds there. */
const PART_OF_FRANCE = ['GP', 'MQ', 'GF', 'RE', 'YT', 'MF'];

function homeOf(place: string | null): string | null {
  if (place === 'AX') return 'FI';
  return place !== null && PART_OF_FRANCE.includes(place) ? 'FR' : place;
}

/** What stands in where no law on personal data as a whole reaches the customer's home. */
const STAND_IN = ['EU-GDPR', 'EU-EPRIVACY', 'CN-PIPL'];

/** The regimes that reach a customer and a shop on a day, with their facts in force. */
export function voices(book: Book, customer: string | null, store: string | null, on: string): Voice[] {
  const lives = (regime: OracleRegime) =>
    regime.reach.includes('residence') && within(homeOf(customer), regime.territory);
  const stands = (regime: OracleRegime) =>
    regime.reach.includes('establishment') && within(homeOf(store), regime.territory);
  const everywhere = (regime: OracleRegime) => regime.territory.includes('*');
  const homeless = !book.regimes.some((regime) => regime.general && !everywhere(regime) && lives(regime));
  return book.regimes
    .filter(
      (regime) =>
        everywhere(regime) || lives(regime) || stands(regime) || (homeless && STAND_IN.includes(regime.code)),
    )
    .map((regime) => ({
      regime,
      facts: book.facts.filter(
        ({ regime: code, effective_from: from, effective_to: to }) =>
          code === regime.code && (from === undefined || from <= on) && (to === undefined || to >= on),
      ),
    }));
}

// A country named without its part may be any of its parts; a part falls under its country's law.
function within(place: string | null, territory: readonly string[]): boolean {
  if (place === null) return false;
  return territory.some(
    (code) => place === code || place.startsWith(`${code}-`) || code.startsWith(`${place}-`),
  );
}

/** Read in a source, not remembered. */
export function verified({ confidence }: OracleFact): boolean {
  return confidence.startsWith('verified');
}

/** True when one of `conditions` (`a + b`: both) is met in full by `words`. */
export function met(conditions: readonly string[] | undefined, words: readonly string[]): boolean {
  return (conditions ?? []).some((group) => group.split(' + ').every((word) => words.includes(word)));
}

/** The ages named in conditions: `under-16 + profiling` names 16. */
export function agesIn(conditions: string | readonly string[] | undefined): number[] {
  return [conditions ?? []]
    .flat()
    .flatMap((group) => group.split(' + '))
    .flatMap((word) => /^under-(\d+)$/.exec(word)?.[1] ?? [])
    .map(Number);
}
