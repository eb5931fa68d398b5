/** Builds hierarchies where none is given: for numbers, dates, places and categories, from the values that occur. */
import { BaileeError } from '../../platform/errors.ts';
import { readHierarchy } from './hierarchy.ts';
import type { CodedColumn, Hierarchy } from './types.ts';

/** Stands for every value of the column. */
const ROOT = '*';

/**
 * How to build one. `number`: intervals of the `widths`, each a multiple of the one before. `date`: ISO dates by the
 * `steps`, the finest first. `place`: postal codes by the number of leading characters to `keep`, the most first; or,
 * with `separator`, paths such as `Asia/Japan/Kyoto`, one part less per level. `category`: named groups of values.
 */
export type Building =
  | { readonly kind: 'number'; readonly widths: readonly number[] }
  | { readonly kind: 'date'; readonly steps: readonly DateStep[] }
  | { readonly kind: 'place'; readonly keep: readonly number[] }
  | { readonly kind: 'place'; readonly separator: string }
  | { readonly kind: 'category'; readonly groups?: Readonly<Record<string, readonly string[]>> };

export type DateStep = 'month' | 'quarter' | 'year' | 'decade';

/**
 * Builds a hierarchy over the values of `column`.
 * Throws `invalid_table`, naming column and row, for a value that is not of the kind; `invalid_hierarchy` when the
 * widths, steps or groups do not make a tree.
 */
export function buildHierarchy(column: CodedColumn, building: Building): Hierarchy {
  return readHierarchy(column.name, buildLines(column, building));
}

/** The same as lines: a value and its generalizations. */
export function buildLines(column: CodedColumn, building: Building): string[][] {
  const above = generalizer(column, building);
  return column.values.map((value, code) => {
    const line = above(value);
    if (line === null) {
      const row = column.codes.indexOf(code) + 1;
      throw new BaileeError('invalid_table', `Row ${row} has no ${building.kind} in ${column.name}.`, {
        column: column.name,
        row,
      });
    }
    return [value, ...line, ROOT];
  });
}

function generalizer(column: CodedColumn, building: Building): (value: string) => string[] | null {
  switch (building.kind) {
    case 'number':
      return intervals(column.name, building.widths);
    case 'date':
      return (value) => datesAbove(value, building.steps);
    case 'place':
      return 'separator' in building ? paths(column, building.separator) : prefixes(column, building.keep);
    case 'category':
      return groups(column.name, building.groups);
  }
}

function intervals(column: string, widths: readonly number[]): (value: string) => string[] | null {
  widths.forEach((width, at) => {
    const narrower = widths[at - 1] ?? width;
    if (!(Number.isFinite(width) && width > 0 && Number.isInteger(width / narrower)))
      throw new BaileeError(
        'invalid_hierarchy',
        `The widths for ${column} must be numbers above 0, each a multiple of the one before.`,
        { column },
      );
  });
  return (value) => {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) return null;
    // Every bound is counted in the narrowest width, so that two levels never disagree about a bound.
    const step = widths[0] ?? 1;
    const place = Math.floor(number / step);
    return widths.map((width) => {
      const span = Math.round(width / step);
      const from = Math.floor(place / span) * span;
      return `[${from * step}, ${(from + span) * step}[`;
    });
  };
}

const ISO_DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:$|T)/;

function datesAbove(value: string, steps: readonly DateStep[]): string[] | null {
  const parts = ISO_DATE.exec(value);
  if (parts === null) return null;
  const [, year, month] = parts as unknown as [string, string, string];
  const written: Record<DateStep, string> = {
    month: `${year}-${month}`,
    quarter: `${year}-Q${Math.ceil(Number(month) / 3)}`,
    year,
    decade: `${year.slice(0, 3)}0s`,
  };
  return steps.map((step) => written[step]);
}

function prefixes({ values }: CodedColumn, keep: readonly number[]): (value: string) => string[] {
  const longest = values.reduce((most, value) => Math.max(most, value.length), 0);
  return (value) => keep.map((kept) => value.slice(0, kept).padEnd(Math.max(longest, kept + 1), ROOT));
}

function paths({ values }: CodedColumn, separator: string): (value: string) => string[] {
  const depth = values.reduce((most, value) => Math.max(most, value.split(separator).length), 1);
  return (value) => {
    const parts = value.split(separator);
    return Array.from({ length: depth - 1 }, (_, at) => parts.slice(0, depth - 1 - at).join(separator));
  };
}

/** A value in no group stays alone until the root. */
function groups(
  column: string,
  named: Readonly<Record<string, readonly string[]>> | undefined,
): (value: string) => string[] {
  if (named === undefined) return () => [];
  const groupOf = new Map<string, string>();
  for (const [group, values] of Object.entries(named))
    for (const value of values) {
      if (groupOf.has(value))
        throw new BaileeError('invalid_hierarchy', `A value of ${column} is in two groups.`, { column });
      groupOf.set(value, group);
    }
  return (value) => [groupOf.get(value) ?? value];
}
