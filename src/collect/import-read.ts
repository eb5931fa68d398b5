/** From a row of a file to an order line or a message, or to the reason why not. Nothing is stored here. */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { EventCode } from '../platform/errors.ts';
import { hasCard, withoutCards } from './cards.ts';
import type { Identity } from './identity.ts';
import type { Bound, BoundDate, BoundMessages, BoundOrderLines, BoundValue } from './import-bind.ts';
import type { ColumnPick, Members, Pick, ValueType } from './import-mapping.ts';
import { readText } from './read-text.ts';

export type Cell = string | number | boolean | null;

/** A row as the sender read it. */
export interface ImportRow {
  /** Hash of the whole row: the same text, the same hash. */
  readonly row: string;
  /** How many identical rows stand before it in the file; 0 when absent. */
  readonly nth?: number;
  /** One per column of the mapping. */
  readonly values: readonly Cell[];
  /** Why the sender could not read the row; what it did read stands in `values`. */
  readonly fault?: string;
}

export interface Line {
  /** Number of the order, normalized. */
  readonly order: string;
  /** Null: a guest's. */
  readonly customer: string | null;
  readonly junk: boolean;
  readonly cancelled: boolean;
  /** UTC milliseconds. */
  readonly at: number;
  readonly details: Record<string, unknown>;
  readonly value: Record<string, unknown>;
}

export interface RowFault {
  readonly code: EventCode;
  readonly message: string;
  /** Identifiers that could be read, so that an erasure finds the row. */
  readonly names: readonly Identity[];
}

/** Thrown while a row is read, caught at its border. */
class Unreadable extends Error {
  readonly code: EventCode;

  constructor(code: EventCode, message: string) {
    super(message);
    this.code = code;
  }
}

const DECIMAL = /^-?\d+(\.\d+)?(e[+-]?\d{1,2})?$/i;
const GROUPED = { '.': /^-?\d{1,3}(,\d{3})+(\.\d+)?$/, ',': /^-?\d{1,3}([. ]\d{3})+(,\d+)?$/ };
const YES = new Set(['true', 'yes', '1']);
const NO = new Set(['false', 'no', '0']);

/** Reads an order line. */
export function readLine(bound: Bound, target: BoundOrderLines, row: ImportRow): Line | RowFault {
  try {
    if (row.fault !== undefined) throw new Unreadable('event_invalid', row.fault);
    const order = normalizeIdentifier('order', identifierText(bound, target.mapping.number, row));
    if (!order.ok || hasCard(order.value))
      throw new Unreadable('identity_invalid', 'The row names no usable order number.');
    const { customer, junk } = customerOf(bound, target, row);
    const { cancelled } = target.mapping;
    const country = target.country === null ? null : readValue(bound, target.country, row);
    return {
      order: order.value,
      customer,
      junk,
      cancelled:
        cancelled !== null && String(row.values[cancelled.at] ?? '').startsWith(cancelled.startsWith),
      at: readDate(bound, target.at, row),
      details: {
        orderId: order.value,
        ...(country === null ? {} : { country }),
        ...readValues(bound, target.details, row),
      },
      value: readValues(bound, target.line, row),
    };
  } catch (error) {
    return faultOf(
      error,
      namesOf(bound, row, [
        ['order', target.mapping.number],
        ['userId', target.mapping.customer],
      ]),
    );
  }
}

function customerOf(bound: Bound, { mapping }: BoundOrderLines, row: ImportRow) {
  const text = mapping.customer === null ? null : identifierText(bound, mapping.customer, row);
  if (text !== null) {
    const id = normalizeIdentifier('userId', text);
    if (id.ok && hasCard(id.value)) throw new Unreadable('card_number', 'An id holds a full card number.');
    if (id.ok) return { customer: id.value, junk: false };
    if (id.why === 'invalid')
      throw new Unreadable('identity_invalid', 'The customer of the row is not a usable id.');
  }
  if (mapping.withoutCustomer === 'refuse')
    throw new Unreadable('identity_missing', 'The row names no customer, and the mapping refuses guests.');
  return { customer: null, junk: text !== null };
}

/** Reads a message, still to be checked like any other. */
export function readImportMessage(
  bound: Bound,
  target: BoundMessages,
  row: ImportRow,
): { readonly raw: Record<string, unknown>; readonly fault: RowFault | null } {
  const { mapping } = target;
  const raw: Record<string, unknown> = {
    type: mapping.type,
    messageId: `import/${row.row}/${row.nth ?? 0}`,
  };
  try {
    for (const name of ['userId', 'anonymousId', 'messageId'] as const) {
      const pick = mapping[name];
      const text = pick === null ? null : identifierText(bound, pick, row);
      if (text !== null) raw[name] = text;
    }
    if (row.fault !== undefined) throw new Unreadable('event_invalid', row.fault);
    if (mapping.event !== null) raw.event = String(cell(bound, mapping.event.pick, 'text', row) ?? '');
    if (target.timestamp !== null && !isBlank(row.values[target.timestamp.at]))
      raw.timestamp = readDate(bound, target.timestamp, row);
    raw.traits = readMembers(bound, mapping.traits, row, 'text');
    raw.properties = readMembers(bound, mapping.properties, row, 'text');
    const consent = readMembers(bound, mapping.consent, row, 'boolean');
    if (Object.keys(consent).length > 0) raw.context = { consent: { categoryPreferences: consent } };
    return { raw, fault: null };
  } catch (error) {
    return { raw, fault: faultOf(error, []) };
  }
}

function faultOf(error: unknown, names: readonly Identity[]): RowFault {
  if (!(error instanceof Unreadable)) throw error;
  return { code: error.code, message: error.message, names };
}

function namesOf(
  bound: Bound,
  row: ImportRow,
  picks: readonly (readonly ['order' | 'userId', ColumnPick | null])[],
): Identity[] {
  return picks.flatMap(([kind, pick]) => {
    if (pick === null) return [];
    let value = String(row.values[pick.at] ?? '');
    try {
      value = identifierText(bound, pick, row) ?? '';
    } catch {
      // the text as it stands is the best that there is
    }
    const id = normalizeIdentifier(kind, value);
    return id.ok ? [{ kind, value: id.value }] : [];
  });
}

function identifierText(bound: Bound, pick: ColumnPick, row: ImportRow): string | null {
  const value = cell(bound, pick, pick.type ?? 'text', row, 'identity_invalid');
  return value === null ? null : String(value);
}

function readDate(bound: Bound, date: BoundDate, row: ImportRow): number {
  const time = date.read(String(row.values[date.at] ?? ''));
  if (time === null)
    throw new Unreadable(
      'timestamp_invalid',
      `The column ${bound.columns[date.at]} holds no date as the mapping has it.`,
    );
  return time;
}

function readValues(bound: Bound, values: readonly BoundValue[], row: ImportRow): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const each of values) {
    const value = readValue(bound, each, row);
    if (value !== null) read[each.name] = value;
  }
  return read;
}

function readValue(bound: Bound, each: BoundValue, row: ImportRow): unknown {
  const value = cell(bound, each.pick, each.type, row);
  if (typeof value !== 'string') return value;
  if (each.number && each.type === 'integer') {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw new Unreadable('event_invalid', `${each.name} is larger than a whole number can be.`);
  }
  if (value.length > each.maxLength)
    throw new Unreadable('event_invalid', `${each.name} is longer than ${each.maxLength} characters.`);
  if (each.number) return value;
  const text = withoutCards(value.toWellFormed().replaceAll('\u0000', '\ufffd'));
  return each.freeText ? readText(text, null) : text;
}

function readMembers(
  bound: Bound,
  members: Members,
  row: ImportRow,
  type: ValueType,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, shape] of members) {
    const value =
      'pick' in shape
        ? cell(bound, shape.pick, (shape.pick.from === 'column' ? shape.pick.type : null) ?? type, row)
        : readMembers(bound, shape.members, row, type);
    if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) continue;
    read[name] = value;
  }
  return read;
}

function isBlank(value: Cell | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'string' && value.trim() === '')
  );
}

/** A cell as `type` has it: texts trimmed, numbers as exact texts, blank as null. */
function cell(
  bound: Bound,
  pick: Pick,
  type: ValueType,
  row: ImportRow,
  code: EventCode = 'event_invalid',
): string | number | boolean | null {
  if (pick.from === 'constant') return pick.value;
  const given = row.values[pick.at];
  if (given === undefined || given === null || isBlank(given)) return null;
  const plain = String(given).trim();
  const text = pick.values?.get(plain) ?? plain;
  if (type === 'text') return text;
  const value = type === 'boolean' ? yesOrNo(text) : numberText(text, bound.decimal, type);
  if (value !== null) return value;
  const what = { boolean: 'yes or no', integer: 'a whole number', decimal: 'a number' }[type];
  throw new Unreadable(code, `The column ${bound.columns[pick.at]} does not hold ${what}.`);
}

function yesOrNo(text: string): boolean | null {
  const lower = text.toLowerCase();
  return YES.has(lower) ? true : NO.has(lower) ? false : null;
}

/** Exact, as digits: `1.234,50` and `17850.0` become `1234.50` and, as a whole number, `17850`. */
function numberText(text: string, sign: '.' | ',', type: 'integer' | 'decimal'): string | null {
  const ungrouped = GROUPED[sign].test(text) ? text.replace(sign === '.' ? /,/g : /[. ]/g, '') : text;
  if (sign === ',' && ungrouped.includes('.')) return null;
  const plain = ungrouped.replace(sign, '.').replace(/^\+/, '');
  if (!DECIMAL.test(plain)) return null;
  if (type === 'decimal') return plain;
  return /^(-?\d+)(?:\.0+)?$/.exec(plain)?.[1] ?? null;
}
