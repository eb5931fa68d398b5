/**
 * The customer is the unit: before anything is counted, what each one contributes is bounded. Without a bound,
 * noise made for one row does not hide someone with a hundred.
 */
import { AnonymizeError, refuseParameter, wholeNumber } from '../refuse.ts';
import type { Chance } from './chance.ts';

/** One row of what is asked about. */
export interface Contribution {
  /** Whose row it is. Rows of one customer, however many, are protected together. */
  readonly customer: string;
  /** For sums, means and quantiles: a whole number; money in its minor unit. */
  readonly value?: number;
  /** For histograms and top-k. */
  readonly group?: string;
}

export const MOST_ROWS_EACH = 1_000_000;

/** From `lower` to `upper`, both whole. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** @throws AnonymizeError `invalid_parameter` for NaN, fractions and bounds in the wrong order */
export function checkBounds({ lower, upper }: Bounds): void {
  const most = 2 ** 52 - 1;
  wholeNumber(lower, 'lower', -most, most);
  wholeNumber(upper, 'upper', -most, most);
  if (lower >= upper) refuseParameter('lower', 'lower must be below upper.');
}

/** How many rows each customer has, cut at `most`. */
export function rowsEach(rows: Iterable<Contribution>, most: number): Map<string, number> {
  const each = new Map<string, number>();
  let at = 0;
  for (const row of rows) {
    const customer = customerOf(row, at);
    const before = each.get(customer) ?? 0;
    if (before < most) each.set(customer, before + 1);
    at += 1;
  }
  return each;
}

/** The total of each customer, clamped to the bounds once it is complete. */
export function totalsEach(rows: Iterable<Contribution>, bounds: Bounds): Map<string, number> {
  const each = new Map<string, number>();
  let at = 0;
  for (const row of rows) {
    const customer = customerOf(row, at);
    const { value } = row;
    if (!Number.isSafeInteger(value))
      refuseRow(at, 'value', 'must be a whole number (money in its minor unit)');
    const total = (each.get(customer) ?? 0) + (value as number);
    if (!Number.isSafeInteger(total))
      throw new AnonymizeError('overflow', `Row ${at}: the total of this customer is past 2^53.`, {
        row: at,
        field: 'value',
      });
    each.set(customer, total);
    at += 1;
  }
  for (const [customer, total] of each)
    each.set(customer, Math.min(Math.max(total, bounds.lower), bounds.upper));
  return each;
}

export interface GroupBounds {
  /** Groups that are counted; null for all that occur. */
  readonly groups: ReadonlySet<string> | null;
  /** Of how many groups one customer may be part. */
  readonly groupsEach: number;
  /** How many rows of one customer count in one group. */
  readonly rowsEach: number;
}

/** Bounded rows by group. Whoever is in more groups than allowed keeps some of them, drawn by chance. */
export function rowsByGroup(
  rows: Iterable<Contribution>,
  bounds: GroupBounds,
  chance: Chance,
): Map<string, number> {
  const each = new Map<string, Map<string, number>>();
  let at = 0;
  for (const row of rows) {
    const customer = customerOf(row, at);
    const { group } = row;
    if (typeof group !== 'string') return refuseRow(at, 'group', 'must be a text');
    at += 1;
    if (bounds.groups !== null && !bounds.groups.has(group)) continue;
    const own = each.get(customer) ?? new Map<string, number>();
    if (own.size === 0) each.set(customer, own);
    const before = own.get(group) ?? 0;
    if (before < bounds.rowsEach) own.set(group, before + 1);
  }
  const sums = new Map<string, number>();
  for (const own of each.values())
    for (const [group, count] of drawn([...own], bounds.groupsEach, chance))
      sums.set(group, (sums.get(group) ?? 0) + count);
  return sums;
}

/** `most` of the list, each choice as likely (Fisher, Yates). */
function drawn<Item>(list: Item[], most: number, chance: Chance): Item[] {
  if (list.length <= most) return list;
  for (let at = 0; at < most; at += 1) {
    const other = at + chance.below(list.length - at);
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list.slice(0, most);
}

function customerOf({ customer }: Contribution, at: number): string {
  if (typeof customer === 'string' && customer !== '') return customer;
  return refuseRow(at, 'customer', 'must be a text that is not empty');
}

function refuseRow(row: number, field: string, message: string): never {
  throw new AnonymizeError('invalid_row', `Row ${row}: ${field} ${message}.`, { row, field });
}
