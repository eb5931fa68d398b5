/** Rules that hold within one complete field or event, whoever declared it. */
import { NECESSARY_PURPOSES } from '../../contract/names.ts';
import type { Draft } from './draft.ts';
import { spotOf } from './draft.ts';
import { fail, quoted } from './locate.ts';
import type { EventDefinition, Field } from './types.ts';

/** Masks of values that many people share: a blind index over them would be read by counting. */
const SHARED_VALUES: readonly string[] = ['number', 'date', 'place'];
/** A shorter identifier has too few values to be told from its token. */
const SHORTEST_IDENTIFIER = 8;
/** Identifiers of orders and cases come from events. */
const FIELD_KINDS = ['userId', 'anonymousId', 'email', 'phone'];

/** Throws `invalid_catalog` at the line of `draft` that breaks a rule. */
export function checkField(draft: Draft<unknown>, field: Field): void {
  if (!field.name.startsWith(`${field.class}.`)) {
    fail(
      spotOf(draft, 'name'),
      `${quoted(field.name)} must begin with its class, ${quoted(`${field.class}.`)}`,
    );
  }
  if (field.mask === 'address' && field.type !== 'object') {
    fail(spotOf(draft, 'mask'), 'an address is masked by its members, so its type must be object');
  }
  if (field.members !== undefined && field.type !== 'object' && field.type !== 'array') {
    fail(spotOf(draft, 'members'), `a ${field.type} has no members`);
  }
  checkSealing(draft, field);
  if (field.identifier !== undefined) checkIdentifier(draft, field);
}

/** Throws `invalid_catalog` at the line of `draft` that breaks a rule. */
export function checkEvent(draft: Draft<unknown>, event: EventDefinition): void {
  checkSealing(draft, event);
  if (event.makes === 'case' && event.state !== 'open' && event.state !== 'closed') {
    fail(spotOf(draft, 'state'), 'a case needs the state it moves to', ['open', 'closed']);
  }
  if (event.makes === 'order' && event.state === undefined) {
    fail(spotOf(draft, 'state'), 'an order needs the state it moves to');
  }
  const key = event.makes === 'order' ? 'order_id' : event.makes === 'case' ? 'ticket_id' : undefined;
  if (key !== undefined && !event.properties.some((property) => property.name === key)) {
    fail(spotOf(draft, 'properties'), `to make its ${event.makes}, the event must declare ${quoted(key)}`);
  }
}

function checkSealing(draft: Draft<unknown>, entry: Field | EventDefinition): void {
  const highly = entry.sensitivity === 'highly-sensitive';
  if (entry.class === 'biometric' && !highly) {
    fail(spotOf(draft, 'sensitivity'), 'biometric data is always highly-sensitive');
  }
  if (entry.class === 'sensitive' && entry.sensitivity === 'ordinary') {
    fail(spotOf(draft, 'sensitivity'), 'the class sensitive is never ordinary', [
      'sensitive',
      'highly-sensitive',
    ]);
  }
  if ((highly || entry.class === 'sensitive') && entry.retention !== 'sensitive') {
    fail(spotOf(draft, 'retention'), 'this must be sealed under the retention class sensitive', [
      'sensitive',
    ]);
  }
  if (!highly) return;
  const optional = entry.purposes.find((one) => !(NECESSARY_PURPOSES as readonly string[]).includes(one));
  if (optional !== undefined) {
    fail(
      spotOf(draft, 'purposes'),
      `highly-sensitive data never serves ${quoted(optional)}`,
      NECESSARY_PURPOSES,
    );
  }
}

function checkIdentifier(draft: Draft<unknown>, field: Field): void {
  const spot = spotOf(draft, 'identifier');
  if (!FIELD_KINDS.includes(field.identifier!)) {
    fail(spot, 'orders and cases are named by events, not by a field', FIELD_KINDS);
  }
  const few =
    field.type !== 'string' ||
    SHARED_VALUES.includes(field.mask) ||
    field.identifiability === 'none' ||
    field.maxLength < SHORTEST_IDENTIFIER;
  if (few) {
    fail(
      spot,
      `a field with few possible values cannot be an identifier: it must be a string of up to at least ${SHORTEST_IDENTIFIER} characters, direct or indirect, and not a number, date or place`,
    );
  }
}
