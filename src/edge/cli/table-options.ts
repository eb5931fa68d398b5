/** What the commands on tables take from their command line. */
import type { Closeness, Criteria, Diversity } from '../../anonymize/table/types.ts';
import { CommandError, EXIT } from './exit.ts';
import { headerOf, tellDelimiter } from './table-rows.ts';

/** Options that the search and the verifier share. */
export const CRITERIA_OPTIONS = {
  input: { type: 'string' },
  delimiter: { type: 'string' },
  quasi: { type: 'string' },
  k: { type: 'string' },
  l: { type: 'string' },
  t: { type: 'string' },
  sensitive: { type: 'string' },
  suppression: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export const CRITERIA_HELP = `  --delimiter <sign>     between cells; told from the header when absent
  --quasi a,b,c          the columns that others may know of a person
  --k <number>           every row looks like at least k - 1 others
  --l <kind>             3 or distinct:3, entropy:2.5, recursive:4:3 (c, l)
  --t <kind>             0.2 or equal:0.2, ordered:0.2
  --sensitive <column>   the column that must not become known; the only other one when absent`;

interface Given {
  readonly input?: string;
  readonly delimiter?: string;
  readonly quasi?: string;
  readonly k?: string;
  readonly l?: string;
  readonly t?: string;
  readonly sensitive?: string;
}

export interface TableOptions {
  readonly input: string;
  /** Null: to be told from the header. */
  readonly delimiter: string | null;
  readonly quasi: readonly string[];
  readonly sensitive: string | null;
  readonly criteria: Criteria;
}

/** The same with what the header tells. */
export type ToldOptions = TableOptions & { readonly delimiter: string };

/**
 * Looks into the header for what was not said: the delimiter, and the sensitive column when only one is no
 * quasi-identifier. Throws `CommandError` (usage) when ℓ or t is asked for and there are several.
 */
export async function toldByHeader(options: TableOptions): Promise<ToldOptions> {
  const { input, quasi, criteria } = options;
  const delimiter = options.delimiter ?? (await tellDelimiter(input, quasi));
  const needsSensitive = (criteria.diversity ?? criteria.closeness) !== undefined;
  if (!needsSensitive || options.sensitive !== null) return { ...options, delimiter };
  const others = (await headerOf(input, delimiter)).filter((name) => !quasi.includes(name));
  if (others.length !== 1) throw usage('--l and --t need --sensitive <column>.');
  return { ...options, delimiter, sensitive: others[0]! };
}

/** Throws `CommandError` (usage), naming the option. What the numbers may be is checked by who uses them. */
export function tableOptions(given: Given): TableOptions {
  const { l, t } = given;
  const sensitive = given.sensitive ?? null;
  return {
    input: needed('input', given.input),
    delimiter: delimiterOf(given.delimiter),
    quasi: needed('quasi', given.quasi).split(','),
    sensitive,
    criteria: {
      k: numberOf('k', needed('k', given.k)),
      ...(l === undefined ? {} : { diversity: diversityOf(l) }),
      ...(t === undefined ? {} : { closeness: closenessOf(t) }),
    },
  };
}

/** Throws `CommandError` (usage) when the option is absent. */
export function needed(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw usage(`--${name} is needed.`);
  return value;
}

/** Throws `CommandError` (usage) for what is not a number. */
export function numberOf(name: string, text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw usage(`--${name} must be a number.`);
  return number;
}

export function delimiterOf(given: string | undefined): string | null {
  if (given === undefined) return null;
  const delimiter = given === '\\t' || given === 'tab' ? '\t' : given;
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) throw usage('--delimiter must be one sign.');
  return delimiter;
}

function diversityOf(text: string): Diversity {
  const parts = text.split(':');
  const [kind, first, second] = parts.length === 1 ? ['distinct', ...parts] : parts;
  if (kind === 'recursive' && first !== undefined && second !== undefined)
    return { kind, c: numberOf('l', first), l: numberOf('l', second) };
  if ((kind === 'distinct' || kind === 'entropy') && first !== undefined && second === undefined)
    return { kind, l: numberOf('l', first) };
  throw usage('--l must be 3, distinct:3, entropy:2.5 or recursive:4:3.');
}

function closenessOf(text: string): Closeness {
  const parts = text.split(':');
  const [distance, t, more] = parts.length === 1 ? ['equal', ...parts] : parts;
  if ((distance === 'equal' || distance === 'ordered') && t !== undefined && more === undefined)
    return { distance, t: numberOf('t', t) };
  throw usage('--t must be 0.2, equal:0.2 or ordered:0.2.');
}

function usage(message: string): CommandError {
  return new CommandError(EXIT.usage, message);
}
