/** What `decide()` weighs of cases and events: the texts of a case apart, since who may know of it need not read what was written. */
import { type RetentionClass, SENSITIVITIES, type Sensitivity } from '../../contract/names.ts';
import type { EventProperty } from '../catalog/types.ts';
import type { FieldFacts } from '../law/types.ts';
import type { GateCtx } from './context.ts';
import { holdsText } from './free-text.ts';

export const CASE: FieldFacts = {
  name: 'service.case',
  class: 'transaction',
  sensitivity: 'ordinary',
  purposes: ['customer-service', 'legal-duty'],
  retention: 'service',
  maskable: false,
};

/** The texts of a case: as the catalog has the events that make cases, at the highest sensitivity of any of them. */
export function caseText(ctx: GateCtx): FieldFacts {
  const events = ctx.catalog.events.filter((event) => event.makes === 'case');
  const sensitivities = events.flatMap((event) => [
    event.sensitivity,
    ...textSensitivities(event.properties),
  ]);
  return {
    ...CASE,
    name: 'service.caseText',
    class: events[0]?.class ?? 'contact',
    sensitivity: highest(sensitivities),
    maskable: true,
  };
}

/** What was sent along: as delicate as the texts, and with no masked form. */
export function caseAttachment(ctx: GateCtx): FieldFacts {
  return { ...caseText(ctx), name: 'service.caseAttachment', maskable: false };
}

/** Properties of all events that make cases: a case keeps those of the event that opened it. */
export function caseProperties(ctx: GateCtx): readonly EventProperty[] {
  return ctx.catalog.events.flatMap((event) => (event.makes === 'case' ? event.properties : []));
}

/** An event as `decide()` weighs it. Of one that may only be seen masked, its free texts have a masked form. */
export function eventFacts(ctx: GateCtx, id: number): FieldFacts {
  const event = ctx.catalog.eventById.get(id);
  return {
    name: `event:${event?.name ?? id}`,
    class: event?.class ?? 'behavior',
    sensitivity: event?.sensitivity ?? 'highly-sensitive',
    purposes: event?.purposes ?? [],
    retention: event?.retention ?? ('behavior' satisfies RetentionClass),
    maskable: holdsText(event?.properties ?? []),
  };
}

function textSensitivities(declared: readonly EventProperty[]): Sensitivity[] {
  return declared.flatMap(({ freeText, sensitivity, members = [] }) => [
    ...(freeText ? [sensitivity] : []),
    ...textSensitivities(members),
  ]);
}

/** `SENSITIVITIES` go up. */
function highest(found: readonly Sensitivity[]): Sensitivity {
  return SENSITIVITIES[Math.max(0, ...found.map((each) => SENSITIVITIES.indexOf(each)))]!;
}
