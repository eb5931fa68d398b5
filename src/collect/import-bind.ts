/** A mapping against the catalog: what it fills must be declared there, with a type that fits. */
import { OPTIONAL_PURPOSES } from '../../contract/names.ts';
import { fail, quoted } from '../catalog/locate.ts';
import type { Catalog, EventDefinition, EventProperty, Field } from '../catalog/types.ts';
import { type DateReader, dateReader } from './import-dates.ts';
import {
  asMappingFault,
  type DatePick,
  type Mapping,
  type Members,
  type Messages,
  type OrderLines,
  type Pick,
  type Shape,
  type ValueType,
} from './import-mapping.ts';

/** A declared property and where its value comes from. */
export interface BoundValue {
  readonly name: string;
  readonly pick: Pick;
  readonly type: ValueType;
  /** Whole numbers become numbers; of a text they stay digits. */
  readonly number: boolean;
  /** Longest text, in UTF-16 units. */
  readonly maxLength: number;
  readonly freeText: boolean;
}

export interface BoundDate {
  readonly at: number;
  readonly read: DateReader;
}

export interface BoundOrderLines {
  readonly rows: 'order-line';
  readonly mapping: OrderLines;
  readonly definition: EventDefinition;
  readonly at: BoundDate;
  readonly country: BoundValue | null;
  readonly details: readonly BoundValue[];
  readonly line: readonly BoundValue[];
}

export interface BoundMessages {
  readonly rows: 'message';
  readonly mapping: Messages;
  readonly timestamp: BoundDate | null;
}

export interface Bound {
  /** Names of the columns, in the order of a row's values. */
  readonly columns: readonly string[];
  readonly decimal: '.' | ',';
  readonly target: BoundOrderLines | BoundMessages;
}

/** A country as a file writes it: a code or a name. */
const COUNTRY_LENGTH = 60;
/** Of an order, these have keys of their own in the mapping. */
const OWN_KEYS = ['order_id', 'country', 'products', 'billing'];

/** Throws `invalid_mapping`. */
export function bindMapping(mapping: Mapping, catalog: Catalog): Bound {
  return asMappingFault(() => ({
    columns: mapping.columns.map((each) => each.name),
    decimal: mapping.file.decimal,
    target:
      mapping.target.rows === 'order-line'
        ? bindOrderLines(mapping, mapping.target, catalog)
        : bindMessages(mapping.target, catalog),
  }));
}

function bindOrderLines(mapping: Mapping, target: OrderLines, catalog: Catalog): BoundOrderLines {
  const definition = catalog.events.find((each) => each.makes === 'order' && each.state === 'completed');
  const products = definition?.properties.find((each) => each.name === 'products')?.members;
  if (definition === undefined || products === undefined)
    fail(mapping.columns[0]!.spot, 'the catalog declares no orders with products');
  const details = definition.properties.filter(
    (each) => !OWN_KEYS.includes(each.name) && each.type !== 'array' && each.type !== 'object',
  );
  return {
    rows: 'order-line',
    mapping: target,
    definition,
    at: bindDate(target.at),
    country:
      target.country === null
        ? null
        : {
            name: 'country',
            pick: target.country,
            type: 'text',
            number: false,
            freeText: false,
            maxLength: COUNTRY_LENGTH,
          },
    details: bindAll(target.details, details, 'property of an order'),
    line: bindAll(target.line, products, 'property of a product'),
  };
}

function bindDate({ at, format, timezone }: DatePick): BoundDate {
  return { at, read: dateReader(format, timezone) };
}

function bindAll(members: Members, declared: readonly EventProperty[], what: string): BoundValue[] {
  return [...members].map(([name, shape]) => {
    const property = declared.find((each) => each.name === name);
    if (property === undefined)
      fail(
        spotOf(shape),
        `${quoted(name)} is not a declared ${what}`,
        declared.map((each) => each.name),
      );
    if (!('pick' in shape)) fail(spotOf(shape), `${quoted(name)} has no members`);
    const number = property.type === 'number';
    const asked = shape.pick.from === 'column' ? shape.pick.type : null;
    const type = asked ?? (number ? 'decimal' : property.type === 'boolean' ? 'boolean' : 'text');
    const fits = number
      ? ['integer', 'decimal']
      : property.type === 'boolean'
        ? ['boolean']
        : ['text', 'integer', 'decimal'];
    if (!fits.includes(type)) fail(shape.spot, `${quoted(name)} cannot be of the type ${type}`, fits);
    return {
      name,
      pick: shape.pick,
      type,
      number,
      maxLength: property.maxLength,
      freeText: property.freeText,
    };
  });
}

function spotOf(shape: Shape) {
  if ('pick' in shape) return shape.spot;
  return spotOf(shape.members.values().next().value!);
}

function bindMessages(target: Messages, catalog: Catalog): BoundMessages {
  for (const [name, shape] of target.traits) {
    const field = catalog.fieldByTrait.get(name) ?? catalog.fieldByName.get(name);
    if (field === undefined)
      fail(spotOf(shape), `${quoted(name)} is not a declared trait or field`, traitsOf(catalog.fields));
    checkMembers(shape, field.members, name);
  }
  const event = target.event?.pick.from === 'constant' ? String(target.event.pick.value) : null;
  if (event !== null) {
    const definition = catalog.eventByName.get(event);
    if (definition === undefined)
      fail(
        target.event!.spot,
        `${quoted(event)} is not a declared event`,
        catalog.events.map((each) => each.name),
      );
    checkMembers({ members: target.properties }, definition.properties, event);
  }
  for (const [name, shape] of target.consent)
    if (!OPTIONAL_PURPOSES.some((purpose) => purpose === name))
      fail(spotOf(shape), `${quoted(name)} is not a purpose that needs a choice`, OPTIONAL_PURPOSES);
  const { timestamp } = target;
  return { rows: 'message', mapping: target, timestamp: timestamp === null ? null : bindDate(timestamp) };
}

function traitsOf(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => field.traits[0] ?? field.name);
}

function checkMembers(shape: Shape, declared: readonly EventProperty[] | undefined, name: string): void {
  if ('pick' in shape) return;
  for (const [inner, one] of shape.members) {
    const property = declared?.find((each) => each.name === inner);
    if (property === undefined)
      fail(
        spotOf(one),
        `${quoted(inner)} is not declared for ${quoted(name)}`,
        (declared ?? []).map((each) => each.name),
      );
    checkMembers(one, property.members, inner);
  }
}
