import { DetectError } from './failure.ts';
import { type DetectOptions, ENTITY_TYPES, PATTERN_TYPES, type Recognizer } from './types.ts';

export interface Plan {
  readonly wanted: ReadonlySet<string> | null;
  readonly patterns: boolean;
  readonly words: boolean;
  /** Nothing but card numbers and secrets is looked for. */
  readonly secretsAlone: boolean;
  readonly minScore: number;
  readonly region: string | undefined;
  readonly recognizers: readonly Recognizer[];
}

const DEFAULT_MIN_SCORE = 0.5;
const TYPES: ReadonlySet<string> = new Set(ENTITY_TYPES);
const PATTERNS: ReadonlySet<string> = new Set(PATTERN_TYPES);

const SECRETS: ReadonlySet<string> = new Set(['PAYMENT_CARD', 'SECRET']);

/** What stands for options that were not given. */
export const NONE: DetectOptions = {};
const ALL: Plan = {
  wanted: null,
  patterns: true,
  words: true,
  secretsAlone: false,
  minScore: DEFAULT_MIN_SCORE,
  region: undefined,
  recognizers: [],
};

/** Checks the options. Throws `DetectError('bad_option')` that names the option. */
export function planOf(options: DetectOptions): Plan {
  if (options === NONE) return ALL;
  const { types, minScore = DEFAULT_MIN_SCORE, region, recognizers = [] } = options;
  const unknown = types?.find((type) => !TYPES.has(type));
  if (unknown !== undefined)
    throw bad(`types: there is no type of this name. There are: ${ENTITY_TYPES.join(', ')}.`);
  if (!(minScore >= 0 && minScore <= 1)) throw bad('minScore is a number from 0 to 1.');
  if (region !== undefined && !/^[A-Z]{2}$/.test(region))
    throw bad('region is two capital letters (ISO 3166-1).');
  for (const [at, { type, pattern, score }] of recognizers.entries()) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(type)) throw bad(`recognizers[${at}].type is not in upper snake case.`);
    if (!(pattern instanceof RegExp) || !pattern.global)
      throw bad(`recognizers[${at}].pattern is not a global RegExp.`);
    if (!(score >= 0 && score <= 1)) throw bad(`recognizers[${at}].score is not a number from 0 to 1.`);
  }
  return {
    wanted: types === undefined ? null : new Set(types),
    patterns: types === undefined || types.some((type) => PATTERNS.has(type)),
    secretsAlone: types !== undefined && recognizers.length === 0 && types.every((type) => SECRETS.has(type)),
    words: types === undefined || types.some((type) => !PATTERNS.has(type)),
    minScore,
    region,
    recognizers,
  };
}

function bad(message: string): DetectError {
  return new DetectError('bad_option', message);
}
