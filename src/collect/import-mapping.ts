/**
 * The mapping of an import: which columns of a file make an order line, or a message of Segment's kind.
 *
 *     version: 1
 *     rows: order-line
 *     file:  { kind: csv, delimiter: ",", encoding: utf8, decimal: "." }
 *     order: { number, at, customer, withoutCustomer, country, cancelled, details }
 *     line:  { product_id: StockCode, quantity: { column: Quantity, type: integer } }
 *
 *     rows: message
 *     message: { type, event, userId, anonymousId, messageId, timestamp, traits, properties, consent }
 *
 * A value is a column's name, `{column, type, values}`, or `{is: value}` for what no column says.
 */
import { flag, integer, map, oneOf, text } from '../catalog/expect.ts';
import { fail, type Located, type LocatedMap, locate, quoted, type Spot } from '../catalog/locate.ts';
import { BaileeError, isBaileeError } from '../platform/errors.ts';
import { isDatePattern, isTimeZone } from './import-dates.ts';

export const VALUE_TYPES = ['text', 'integer', 'decimal', 'boolean'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export interface ColumnPick {
  readonly from: 'column';
  /** Index in `Mapping.columns`, and so in the values of a row. */
  readonly at: number;
  /** Null: as the catalog declares it. */
  readonly type: ValueType | null;
  /** Translates what the column says; other values stay as they are. */
  readonly values: ReadonlyMap<string, string> | null;
}
export interface ConstantPick {
  readonly from: 'constant';
  readonly value: string | number | boolean;
}
export type Pick = ColumnPick | ConstantPick;

/** A value, or an object of values. */
export type Shape = { readonly pick: Pick; readonly spot: Spot } | { readonly members: Members };
export type Members = ReadonlyMap<string, Shape>;

export interface DatePick {
  readonly at: number;
  /** Null: ISO 8601. */
  readonly format: string | null;
  /** IANA; of texts without an offset of their own. */
  readonly timezone: string;
}

export interface OrderLines {
  readonly rows: 'order-line';
  readonly number: ColumnPick;
  readonly at: DatePick;
  readonly customer: ColumnPick | null;
  readonly withoutCustomer: 'guest' | 'refuse';
  readonly country: Pick | null;
  readonly cancelled: { readonly at: number; readonly startsWith: string } | null;
  readonly details: Members;
  readonly line: Members;
}

export interface Messages {
  readonly rows: 'message';
  readonly type: 'identify' | 'track';
  readonly event: { readonly pick: Pick; readonly spot: Spot } | null;
  readonly userId: ColumnPick | null;
  readonly anonymousId: ColumnPick | null;
  readonly messageId: ColumnPick | null;
  readonly timestamp: DatePick | null;
  readonly traits: Members;
  readonly properties: Members;
  readonly consent: Members;
}

export interface Mapping {
  /** Columns that are read; others never leave the file. */
  readonly columns: readonly { readonly name: string; readonly spot: Spot }[];
  readonly file: {
    /** Null: told by the file's name. */
    readonly kind: 'csv' | 'json' | null;
    readonly delimiter: string | null;
    readonly encoding: 'utf8' | 'latin1';
    readonly decimal: '.' | ',';
  };
  readonly target: OrderLines | Messages;
}

const DEEPEST = 4;

/**
 * @param yaml the text of the mapping; `source` its file's name, for messages
 * @throws BaileeError `invalid_mapping` with `{file, line, column, path, wrong, allowed?}`
 */
export function parseMapping(yaml: string, source: string): Mapping {
  return asMappingFault(() => {
    const root = map(locate(yaml, source), ['version', 'rows', 'file', 'order', 'line', 'message']);
    integer(needed(root, 'version'), 1, 1);
    const rows = oneOf(needed(root, 'rows'), 'kind of row', ['order-line', 'message']);
    const columns = new Columns();
    const target = rows === 'order-line' ? orderLines(root, columns) : messages(root, columns);
    return { columns: columns.list, file: fileOf(root.entries.get('file')), target };
  });
}

/** Runs checks that speak of a YAML file; what they throw is about a mapping here. */
export function asMappingFault<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (isBaileeError(error, 'invalid_catalog'))
      throw new BaileeError('invalid_mapping', error.message, error.details);
    throw error;
  }
}

class Columns {
  readonly list: { name: string; spot: Spot }[] = [];

  add(at: Located): number {
    const name = text(at);
    const known = this.list.findIndex((each) => each.name === name);
    return known >= 0 ? known : this.list.push({ name, spot: at.spot }) - 1;
  }
}

function needed(at: LocatedMap, key: string): Located {
  const found = at.entries.get(key);
  if (found === undefined) fail(at.spot, `${quoted(key)} is missing`);
  return found;
}

function optional<T>(at: LocatedMap, key: string, read: (found: Located) => T): T | null {
  const found = at.entries.get(key);
  return found === undefined ? null : read(found);
}

function fileOf(at: Located | undefined): Mapping['file'] {
  const given = at === undefined ? null : map(at, ['kind', 'delimiter', 'encoding', 'decimal']);
  const read = <T>(key: string, parse: (found: Located) => T) =>
    given === null ? null : optional(given, key, parse);
  return {
    kind: read('kind', (found) => oneOf(found, 'kind of file', ['csv', 'json'])),
    delimiter: read('delimiter', (found) => {
      const value = text(found);
      if (value.length !== 1) fail(found.spot, 'must be one character');
      return value;
    }),
    encoding: read('encoding', (found) => oneOf(found, 'encoding', ['utf8', 'latin1'])) ?? 'utf8',
    decimal: read('decimal', (found) => oneOf(found, 'decimal sign', ['.', ','])) ?? '.',
  };
}

function orderLines(root: LocatedMap, columns: Columns): OrderLines {
  const message = root.entries.get('message');
  if (message !== undefined) fail(message.spot, 'rows are order lines, so there is no message');
  const order = map(needed(root, 'order'), [
    'number',
    'at',
    'customer',
    'withoutCustomer',
    'country',
    'cancelled',
    'details',
  ]);
  return {
    rows: 'order-line',
    number: columnOf(needed(order, 'number'), columns),
    at: dateOf(needed(order, 'at'), columns),
    customer: optional(order, 'customer', (found) => columnOf(found, columns)),
    withoutCustomer:
      optional(order, 'withoutCustomer', (found) => oneOf(found, 'rule', ['guest', 'refuse'])) ?? 'guest',
    country: optional(order, 'country', (found) => pickOf(found, columns)),
    cancelled: optional(order, 'cancelled', (found) => {
      const given = map(found, ['column', 'startsWith']);
      return { at: columns.add(needed(given, 'column')), startsWith: text(needed(given, 'startsWith')) };
    }),
    details: optional(order, 'details', (found) => membersOf(found, columns)) ?? new Map(),
    line: membersOf(needed(root, 'line'), columns),
  };
}

function messages(root: LocatedMap, columns: Columns): Messages {
  for (const key of ['order', 'line']) {
    const found = root.entries.get(key);
    if (found !== undefined) fail(found.spot, `rows are messages, so there is no ${key}`);
  }
  const message = map(needed(root, 'message'), [
    'type',
    'event',
    'userId',
    'anonymousId',
    'messageId',
    'timestamp',
    'traits',
    'properties',
    'consent',
  ]);
  const type = oneOf(needed(message, 'type'), 'type of message', ['identify', 'track']);
  const column = (key: string) => optional(message, key, (found) => columnOf(found, columns));
  const members = (key: string) =>
    optional(message, key, (found) => membersOf(found, columns)) ?? new Map<string, Shape>();
  const result: Messages = {
    rows: 'message',
    type,
    event: optional(message, 'event', (found) => ({ pick: pickOf(found, columns), spot: found.spot })),
    userId: column('userId'),
    anonymousId: column('anonymousId'),
    messageId: column('messageId'),
    timestamp: optional(message, 'timestamp', (found) => dateOf(found, columns)),
    traits: members('traits'),
    properties: members('properties'),
    consent: members('consent'),
  };
  if (result.userId === null && result.anonymousId === null)
    fail(message.spot, 'a message needs a userId or an anonymousId');
  if ((type === 'track') !== (result.event !== null))
    fail(message.spot, type === 'track' ? '"event" is missing' : 'only track has an event');
  const other = message.entries.get(type === 'track' ? 'traits' : 'properties');
  if (other !== undefined) fail(other.spot, `${type} has none`);
  return result;
}

function membersOf(at: Located, columns: Columns, depth = 0): Members {
  if (depth > DEEPEST) fail(at.spot, `nested deeper than ${DEEPEST}`);
  const members = new Map<string, Shape>();
  for (const [name, found] of map(at).entries) {
    const isPick = found.kind !== 'map' || found.entries.has('column') || found.entries.has('is');
    members.set(
      name,
      isPick
        ? { pick: pickOf(found, columns), spot: found.spot }
        : { members: membersOf(found, columns, depth + 1) },
    );
  }
  if (members.size === 0) fail(at.spot, 'needs at least one column');
  return members;
}

function pickOf(at: Located, columns: Columns): Pick {
  if (at.kind !== 'map' || !at.entries.has('is')) return columnOf(at, columns);
  const value = map(at, ['is']).entries.get('is')!;
  if (value.kind !== 'scalar' || value.value === null)
    fail(value.spot, 'must be a text, a number, true or false');
  return { from: 'constant', value: value.value };
}

function columnOf(at: Located, columns: Columns): ColumnPick {
  if (at.kind !== 'map') return { from: 'column', at: columns.add(at), type: null, values: null };
  const given = map(at, ['column', 'type', 'values']);
  return {
    from: 'column',
    at: columns.add(needed(given, 'column')),
    type: optional(given, 'type', (found) => oneOf(found, 'type', VALUE_TYPES)),
    values: optional(
      given,
      'values',
      (found) => new Map([...map(found).entries].map(([from, to]) => [from, translation(to)])),
    ),
  };
}

function translation(at: Located): string {
  return at.kind === 'scalar' && typeof at.value === 'boolean' ? String(flag(at)) : text(at);
}

function dateOf(at: Located, columns: Columns): DatePick {
  if (at.kind !== 'map') return { at: columns.add(at), format: null, timezone: 'UTC' };
  const given = map(at, ['column', 'format', 'timezone']);
  return {
    at: columns.add(needed(given, 'column')),
    format: optional(given, 'format', (found) => {
      const format = text(found);
      if (!isDatePattern(format))
        fail(found.spot, `${quoted(format)} is not a format of dates`, [
          'YYYY',
          'MM',
          'M',
          'DD',
          'D',
          'HH',
          'H',
          'mm',
          'ss',
        ]);
      return format;
    }),
    timezone:
      optional(given, 'timezone', (found) => {
        const zone = text(found);
        if (!isTimeZone(zone)) fail(found.spot, `${quoted(zone)} is not a time zone, like Europe/Berlin`);
        return zone;
      }) ?? 'UTC',
  };
}
