/** Fields as `decide()` weighs them, and the two that the gate composes from rows: the order at hand, and its invoice party. */
import type { DataClass } from '../../contract/names.ts';
import type { Field } from '../catalog/types.ts';
import type { FieldFacts } from '../law/types.ts';
import type { GateCtx } from './context.ts';

export const ORDER_FIELD = 'transaction.order';
export const PARTY_FIELD = 'transaction.invoiceParty';

const ORDER: FieldFacts = {
  name: ORDER_FIELD,
  class: 'transaction',
  sensitivity: 'ordinary',
  purposes: ['order-fulfilment', 'customer-service', 'fraud-prevention', 'legal-duty'],
  retention: 'commerce',
  maskable: false,
};

const PARTY: FieldFacts = { ...ORDER, name: PARTY_FIELD, class: 'contact', purposes: ['legal-duty'] };

const known = new WeakMap<Field, FieldFacts>();

/** Facts of a declared field. */
export function factsOf(field: Field): FieldFacts {
  let facts = known.get(field);
  if (facts === undefined) {
    facts = {
      name: field.name,
      class: field.class,
      sensitivity: field.sensitivity,
      purposes: field.purposes,
      retention: field.retention,
      // Of free text, each value then shows whether it was read; one that was not is withheld.
      maskable: field.mask !== 'hidden',
    };
    known.set(field, facts);
  }
  return facts;
}

/** Facts by name; a name that nobody declared has a class that no table knows, and so is withheld. */
export function factsByName(ctx: GateCtx, name: string): FieldFacts {
  if (name === ORDER_FIELD) return ORDER;
  if (name === PARTY_FIELD) return PARTY;
  const field = ctx.catalog.fieldByName.get(name);
  if (field !== undefined) return factsOf(field);
  return {
    name,
    class: 'undeclared' as DataClass,
    sensitivity: 'highly-sensitive',
    purposes: [],
    retention: 'sensitive',
    maskable: false,
  };
}
