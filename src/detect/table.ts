/** Which columns of an unknown table hold personal data: by their values first, by their names second. */

import { columnTypeByName, namesThings } from './column-name.ts';
import { detect } from './detect.ts';
import { DetectError } from './failure.ts';
import { type CatalogEntry, suggestEntry } from './suggest.ts';
import type { DetectOptions, EntityType } from './types.ts';

export interface Column {
  readonly name: string;
  /** A sample; null and undefined are cells without a value. */
  readonly values: readonly (string | number | boolean | null | undefined)[];
}

export interface ColumnReport {
  readonly column: string;
  /** Null when the column holds nothing personal that this can see. */
  readonly type: EntityType | 'FREE_TEXT' | null;
  /** 0 to 1. */
  readonly confidence: number;
  /** What the catalog of Bailee could say of it; null with the type. */
  readonly suggestion: CatalogEntry | null;
  /** Counts, never values. */
  readonly evidence: Evidence;
}

export interface Evidence {
  readonly sampled: number;
  readonly empty: number;
  readonly distinct: number;
  /** Cells that hold this type from end to end, by type. */
  readonly whole: Readonly<Partial<Record<string, number>>>;
  /** Cells that hold it somewhere in longer text. */
  readonly inside: Readonly<Partial<Record<string, number>>>;
  /** What the name of the column says. */
  readonly name: EntityType | null;
}

const MOST_CELLS = 1000;
/** Of a cell that counts as the value itself. */
const WHOLE = 0.8;
const SHARE = 0.3;

/**
 * Looks at up to 1,000 cells of each column.
 * @throws DetectError `bad_table` for a column without a name or two of one name, and like `detect`
 */
export function detectTable(columns: readonly Column[], options: DetectOptions = {}): ColumnReport[] {
  const names = new Set<string>();
  for (const [at, { name }] of columns.entries()) {
    if (name.trim() === '') throw new DetectError('bad_table', `Column ${at + 1} has no name.`);
    if (names.has(name)) throw new DetectError('bad_table', `Column ${at + 1} has the name of another one.`);
    names.add(name);
  }
  return columns.map((column) => reportOf(column, options));
}

function reportOf(column: Column, options: DetectOptions): ColumnReport {
  return reportFrom(column.name, evidenceOf(column, options));
}

/** What evidence that was gathered before, and the name of the column, say of it. */
export function reportFrom(column: string, evidence: Omit<Evidence, 'name'>): ColumnReport {
  const named = { ...evidence, name: columnTypeByName(column) };
  const { type, confidence } = verdictOf(named);
  return { column, type, confidence, suggestion: suggestEntry(column, type), evidence: named };
}

function evidenceOf({ name, values }: Column, options: DetectOptions): Omit<Evidence, 'name'> {
  const whole: Record<string, number> = {};
  const inside: Record<string, number> = {};
  const seen = new Set<string>();
  let [sampled, empty] = [0, 0];
  // A cell has no sentence around it; the name of its column stands in for one.
  const label = namesThings(name)
    ? ''
    : `${name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ')}: `;
  for (const value of values.slice(0, MOST_CELLS)) {
    const cell = value === null || value === undefined ? '' : String(value).trim();
    if (cell === '') empty += 1;
    else {
      sampled += 1;
      seen.add(cell);
      countCell(label, cell, options, whole, inside);
    }
  }
  return { sampled, empty, distinct: seen.size, whole, inside };
}

function countCell(
  label: string,
  cell: string,
  options: DetectOptions,
  whole: Record<string, number>,
  inside: Record<string, number>,
): void {
  const types = new Set<string>();
  for (const { start, end, type } of detect(label + cell, options)) {
    if (end <= label.length) continue;
    const share = (end - Math.max(start, label.length)) / cell.length;
    if (share >= WHOLE) whole[type] = (whole[type] ?? 0) + 1;
    else types.add(type);
  }
  for (const type of types) inside[type] = (inside[type] ?? 0) + 1;
}

function verdictOf(evidence: Evidence): Pick<ColumnReport, 'type' | 'confidence'> {
  const { sampled, whole, inside, name } = evidence;
  if (sampled === 0) return name === null ? { type: null, confidence: 0 } : { type: name, confidence: 0.5 };
  const [type, count] = most(whole);
  const share = count / sampled;
  if (name !== null && (type === name || share < 0.5)) {
    const agrees = (whole[name] ?? 0) / sampled;
    return { type: name, confidence: round(Math.min(0.99, 0.6 + 0.39 * agrees)) };
  }
  if (type !== null && share >= SHARE)
    return { type: type as EntityType, confidence: round(Math.min(0.97, 0.35 + 0.6 * share)) };
  const [, within] = most(inside);
  if (within + count > 0)
    return { type: 'FREE_TEXT', confidence: round(Math.min(0.95, 0.5 + (within + count) / sampled / 2)) };
  return { type: null, confidence: round(Math.min(0.95, 0.5 + sampled / 200)) };
}

function most(counts: Readonly<Partial<Record<string, number>>>): [string | null, number] {
  let best: [string | null, number] = [null, 0];
  for (const [type, count] of Object.entries(counts))
    if (count !== undefined && count > best[1]) best = [type, count];
  return best;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
