/**
 * Checks values against what the catalog declares. Definitions are compiled once, at their first use,
 * so that a batch costs one map look-up and one check per property.
 *
 * Coerced without loss: a whole number where a string is declared (ids), a plain decimal string where a
 * number is. Nothing else is coerced. Reasons and names never repeat a value.
 */
import { safeName } from './safeName.ts';
import type { EventDefinition, EventProperty, Field } from './types.ts';

export type Validation =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Safe names of members that were not declared, and so not kept. */
      readonly undeclared: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

export interface Picked {
  /** The declared properties, deep: of arrays and objects only the declared members. */
  readonly values: Record<string, unknown>;
  /** Safe names, each once, `products[].colour` for a member; at most 100. */
  readonly undeclared: string[];
  /** Declared but not as declared, and so not kept; each name once. */
  readonly invalid: { readonly name: string; readonly why: string }[];
}

type Declared = Pick<Field | EventProperty, 'name' | 'type' | 'maxLength' | 'members'>;

/** Null while there is nothing to say, as of most values. */
interface Report {
  undeclared: Set<string> | null;
  invalid: Map<string, string> | null;
}

/** The value to keep, or undefined after putting the reason into the report. */
type Check = (value: unknown, report: Report) => unknown;

const MAX_ITEMS = 500;
const MAX_UNDECLARED = 100;
/** The furthest instant of ECMAScript, in milliseconds from 1970. */
const FURTHEST_MS = 8.64e15;
const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/;
const SUSPECT = /[\0\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ISO_DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const checks = new WeakMap<Declared, Check>();
const picks = new WeakMap<EventDefinition, ReadonlyMap<string, Check>>();

/**
 * The value as it may be stored, or why not. Strings: length in UTF-16 units, no NUL, well-formed Unicode.
 * Numbers: finite. Dates: ISO 8601 or epoch milliseconds, kept as given. Objects: own declared members only.
 * Arrays: at most 500 items.
 */
export function validateValue(definition: Field | EventProperty, value: unknown): Validation {
  let check = checks.get(definition);
  if (check === undefined) {
    check = compile(definition, definition.name);
    checks.set(definition, check);
  }
  const report: Report = { undeclared: null, invalid: null };
  const kept = check(value, report);
  for (const [name, why] of report.invalid ?? []) {
    return { ok: false, why: name === definition.name ? why : `${name} ${why}` };
  }
  return { ok: true, value: kept, undeclared: [...(report.undeclared ?? [])] };
}

/** Keeps what `definition` declares. `null` and `undefined` count as absent. */
export function pickDeclared(definition: EventDefinition, properties: Record<string, unknown>): Picked {
  let members = picks.get(definition);
  if (members === undefined) {
    members = compileAll(definition.properties, '');
    picks.set(definition, members);
  }
  const report: Report = { undeclared: null, invalid: null };
  const values = isPlain(properties) ? pick(members, '', properties, report) : {};
  const invalid: Picked['invalid'] = [];
  for (const [name, why] of report.invalid ?? []) invalid.push({ name, why });
  return { values, undeclared: [...(report.undeclared ?? [])], invalid };
}

function compileAll(declared: readonly Declared[], prefix: string): ReadonlyMap<string, Check> {
  return new Map(declared.map((one) => [one.name, compile(one, `${prefix}${one.name}`)]));
}

function compile(declared: Declared, path: string): Check {
  const refuse = (report: Report, why: string): undefined => {
    report.invalid ??= new Map();
    report.invalid.set(path, why);
  };
  switch (declared.type) {
    case 'string':
      return checkString(declared.maxLength, refuse);
    case 'number':
      return (value, report) => numberFrom(value) ?? refuse(report, 'is not a finite number');
    case 'boolean':
      return (value, report) => (typeof value === 'boolean' ? value : refuse(report, 'is not true or false'));
    case 'date':
      return (value, report) =>
        isDate(value) ? value : refuse(report, 'is not a date (ISO 8601 or epoch milliseconds)');
    case 'object':
      return checkObject(compileAll(declared.members ?? [], `${path}.`), `${path}.`, refuse);
    case 'array':
      return checkArray(declared, path, refuse);
  }
}

type Refuse = (report: Report, why: string) => undefined;

function checkString(maxLength: number, refuse: Refuse): Check {
  return (value, report) => {
    const text = Number.isSafeInteger(value) ? String(value) : value;
    if (typeof text !== 'string') return refuse(report, 'is not a string');
    if (text.length > maxLength) return refuse(report, `is longer than ${maxLength} characters`);
    if (!SUSPECT.test(text)) return text;
    if (text.includes('\0')) return refuse(report, 'contains a NUL character');
    return LONE_SURROGATE.test(text) ? refuse(report, 'is not well-formed Unicode') : text;
  };
}

function checkObject(members: ReadonlyMap<string, Check>, prefix: string, refuse: Refuse): Check {
  return (value, report) =>
    isPlain(value) ? pick(members, prefix, value, report) : refuse(report, 'is not a plain object');
}

function checkArray(declared: Declared, path: string, refuse: Refuse): Check {
  const items = `${path}[]`;
  const refuseItem: Refuse = (report, why) => {
    report.invalid ??= new Map();
    report.invalid.set(items, why);
  };
  const checkItem =
    declared.members === undefined
      ? checkScalar(declared.maxLength, refuseItem)
      : checkObject(compileAll(declared.members, `${items}.`), `${items}.`, refuseItem);
  return (value, report) => {
    if (!Array.isArray(value)) return refuse(report, 'is not a list');
    if (value.length > MAX_ITEMS) return refuse(report, `has more than ${MAX_ITEMS} items`);
    const kept: unknown[] = [];
    for (const item of value as unknown[]) {
      const keptItem = checkItem(item, report);
      if (keptItem !== undefined) kept.push(keptItem);
    }
    return kept;
  };
}

function checkScalar(maxLength: number, refuse: Refuse): Check {
  const checkText = checkString(maxLength, refuse);
  return (value, report) => {
    if (typeof value === 'string') return checkText(value, report);
    if (typeof value === 'boolean') return value;
    return Number.isFinite(value) ? value : refuse(report, 'is not a plain value');
  };
}

/** Only declared names become keys of the result, so no hostile key (`__proto__`) is ever copied. */
function pick(
  members: ReadonlyMap<string, Check>,
  prefix: string,
  from: Record<string, unknown>,
  report: Report,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(from)) {
    const check = members.get(key);
    if (check === undefined) {
      report.undeclared ??= new Set();
      if (report.undeclared.size < MAX_UNDECLARED) report.undeclared.add(prefix + safeName(key));
      continue;
    }
    const value = from[key];
    if (value === null || value === undefined) continue;
    const result = check(value, report);
    if (result !== undefined) kept[key] = result;
  }
  return kept;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : undefined;
}

function isDate(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= FURTHEST_MS;
  if (typeof value !== 'string' || value.length > 40) return false;
  const match = ISO_DATE.exec(value);
  if (match === null) return false;
  const [, year, month, day] = match;
  if (month === undefined) return true;
  const days = DAYS[Number(month) - 1];
  if (days === undefined || day === undefined) return days !== undefined;
  if (Number(day) < 1 || Number(day) > days) return false;
  return month !== '02' || day !== '29' || isLeap(Number(year));
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
