/** What a message becomes: values, an event, an order, a case, choices; or a count of what was not stored, and why. */
import { GPC_PURPOSES } from '../../contract/consent.ts';
import type { Purpose, RetentionClass } from '../../contract/names.ts';
import { isJunk, normalizeIdentifier } from '../catalog/identifiers.ts';
import { neverStored } from '../catalog/neverStored.ts';
import { safeName } from '../catalog/safeName.ts';
import type { EventDefinition, Field } from '../catalog/types.ts';
import { pickDeclared, validateValue } from '../catalog/validate.ts';
import type { ChoiceChange, ChoiceSet } from '../consent/record.ts';
import type { GateCtx } from '../gate/context.ts';
import type { LawOf } from '../gate/rules-for.ts';
import { rowToken } from '../keys/blind.ts';
import { admit } from '../law/admit.ts';
import { type StandingChoices, withAssertion } from '../law/effective.ts';
import type { ChoiceState } from '../law/types.ts';
import type { NewEvent, NewValue } from '../vault/write.ts';
import type { OrderWrite } from '../vault/write-orders.ts';
import { hasCard } from './cards.ts';
import { countUndeclared } from './count-undeclared.ts';
import type { Counts, NotStored } from './counts.ts';
import type { Message } from './message.ts';
import { type PlannedCase, planCase } from './plan-case.ts';
import { readField, readTexts } from './read-text.ts';
import { cutCards } from './scrub.ts';
import type { Source } from './types.ts';

export interface ChoicePlan {
  readonly changes: readonly ChoiceChange[];
  readonly how: ChoiceSet['how'];
}

/** Without the customer: that is filled in when it is known who it is. */
export interface Plan {
  readonly values: (Omit<NewValue, 'customer'> & { readonly definition: Field })[];
  event: Omit<NewEvent, 'customer'> | null;
  order: (Omit<OrderWrite, 'customer' | 'id'> & { readonly number: string }) | null;
  case: PlannedCase | null;
  choice: ChoicePlan | null;
}

/** True when the plan would write anything. */
export function isEmpty(plan: Plan): boolean {
  return (
    plan.values.length === 0 &&
    plan.event === null &&
    plan.order === null &&
    plan.case === null &&
    plan.choice === null
  );
}

export interface Planning {
  readonly ctx: GateCtx;
  readonly source: Source;
  readonly counts: Counts;
  /** Out of quarantine: the choices in it are old, and may only narrow. */
  readonly replay: boolean;
  /** The rules of where the customer lives. */
  readonly law: LawOf;
}

/** The declared event that a message is, if any. */
export function definitionOf(ctx: GateCtx, message: Message): EventDefinition | undefined {
  if (message.type === 'track') return ctx.catalog.eventByName.get(message.event!);
  if (message.type === 'page' || message.type === 'screen') return ctx.catalog.eventByName.get(message.type);
  return undefined;
}

/**
 * Plans a message of someone whose choices stand as `standing`. `linked`: others belong to them; a browser key
 * speaks for its device alone, and so it may narrow the choices of them all, never widen them.
 */
export function plan(planning: Planning, message: Message, standing: StandingChoices, linked: boolean): Plan {
  const made: Plan = { values: [], event: null, order: null, case: null, choice: null };
  const definition = definitionOf(planning.ctx, message);
  made.choice = planChoice(planning, message, definition, standing, linked);
  if (planning.source.gpc) made.choice = withoutClosed(made.choice);
  const after = made.choice === null ? standing : apply(standing, made.choice);
  if (message.type === 'identify') planTraits(planning, message, after, made);
  else if (definition !== undefined && definition.makes !== 'choice')
    planEvent(planning, message, definition, after, made);
  return made;
}

/** While the browser sends its signal, it says no to what the signal closes, whatever else is said. */
function withoutClosed(choice: ChoicePlan | null): ChoicePlan | null {
  const closed: readonly Purpose[] = GPC_PURPOSES;
  const changes = choice?.changes.filter(
    (change) => change.state === 'refused' || !closed.includes(change.purpose),
  );
  return choice === null || changes === undefined || changes.length === 0 ? null : { ...choice, changes };
}

/** Choices as they stand after a change. */
function apply(standing: StandingChoices, choice: ChoicePlan): StandingChoices {
  const next: Partial<Record<Purpose, ChoiceState>> = { ...standing };
  for (const change of choice.changes) next[change.purpose] = change.state;
  return next;
}

function planChoice(
  { source, replay }: Planning,
  message: Message,
  definition: EventDefinition | undefined,
  standing: StandingChoices,
  linked: boolean,
): ChoicePlan | null {
  if (message.preferences === null) return null;
  const narrow = replay || (source.kind === 'browser' && linked);
  const choice = definition?.makes === 'choice';
  const said = choice ? chosen(standing, message.preferences) : withAssertion(standing, message.preferences);
  const changes = narrow ? said.filter((change) => change.state === 'refused') : said;
  return changes.length === 0 ? null : { changes, how: choice && !narrow ? 'chosen' : 'asserted' };
}

/** A choice of the person's own: every optional purpose named, where it differs from what stands. */
function chosen(standing: StandingChoices, preferences: Record<string, unknown>): ChoicePlan['changes'] {
  const granted = withAssertion({}, preferences);
  const everything = Object.fromEntries(
    Object.keys(preferences).map((name) => [name, 'granted']),
  ) as StandingChoices;
  const refused = withAssertion(everything, preferences).filter((change) => change.state === 'refused');
  return [...granted, ...refused].filter((change) => standing[change.purpose] !== change.state);
}

function planTraits(
  { ctx, source, counts, law }: Planning,
  message: Message,
  standing: StandingChoices,
  made: Plan,
): void {
  const { catalog } = ctx;
  for (const [name, raw] of Object.entries(message.traits)) {
    if (raw === null || raw === undefined) continue;
    const field = catalog.fieldByTrait.get(name) ?? catalog.fieldByName.get(name);
    if (field === undefined) {
      if (neverStored(name)) counts.add('never-stored', safeName(name));
      else countUndeclared(counts, source, [safeName(name)], message.traits);
      continue;
    }
    const valid = validateValue(field, raw);
    const reason = valid.ok ? unfit(field, valid.value) : 'invalid-field';
    if (!valid.ok || reason !== null) {
      counts.add(reason ?? 'invalid-field', field.name);
      continue;
    }
    for (const inner of valid.undeclared) counts.add('undeclared-field', inner);
    if (admit(field.purposes, standing, law).open.length === 0) {
      counts.add('no-purpose', field.name);
      continue;
    }
    made.values.push({
      definition: field,
      field: field.id,
      retention: field.retention,
      source: source.kind === 'browser' ? 1 : 0,
      value: textsRead(field, cutCards(valid.value), source),
      occurredAt: message.occurredAt,
    });
  }
}

/** What identifies its customer is looked up as it is; other free text is read. */
function textsRead(field: Field, value: unknown, { country }: Source): unknown {
  return field.mask === 'text' && field.identifier === undefined ? readField(value, country) : value;
}

/** Why a valid value is not stored all the same. A phone number may be written in a way that only people read. */
function unfit({ identifier }: Field, value: unknown): NotStored | null {
  if (typeof value === 'number' && cutCards(value) === undefined) return 'never-stored';
  if (identifier === undefined || typeof value !== 'string') return null;
  if (hasCard(value)) return 'never-stored';
  if (isJunk(value.trim())) return 'junk-identifier';
  return identifier === 'email' && !normalizeIdentifier(identifier, value).ok ? 'invalid-field' : null;
}

function planEvent(
  { ctx, source, counts, law }: Planning,
  message: Message,
  definition: EventDefinition,
  standing: StandingChoices,
  made: Plan,
): void {
  if (admit(definition.purposes, standing, law).open.length === 0) {
    counts.add('no-purpose', definition.name);
    return;
  }
  const picked = pickDeclared(definition, message.properties);
  countUndeclared(counts, source, picked.undeclared, message.properties);
  for (const { name } of picked.invalid) counts.add('invalid-field', name);
  const { billing, values } = withoutBilling(
    readTexts(cutCards(picked.values)!, definition.properties, source.country),
  );
  const event = {
    id: ctx.random.id(),
    event: definition.id,
    retention: definition.retention,
    occurredAt: message.occurredAt,
  };
  made.event = { ...event, payload: values };
  // A browser key is public: what it says of orders and cases is an event of its device, never the order itself.
  if (source.kind === 'browser') {
    if (definition.makes !== undefined) counts.add('claimed-order', definition.name);
    return;
  }
  if (definition.makes === 'order') planOrder(ctx, source, message, definition, values, billing, made);
  if (definition.makes === 'case') made.case = planCase(message, definition, values);
}

/** The party of an invoice is kept with the order alone. */
function withoutBilling(read: Record<string, unknown>): {
  billing?: unknown;
  values: Record<string, unknown>;
} {
  if (!Object.hasOwn(read, 'billing')) return { values: read };
  const { billing, ...values } = read;
  return { billing, values };
}

const ORDER_STATES = {
  completed: 'placed',
  updated: 'updated',
  refunded: 'refunded',
  cancelled: 'cancelled',
} as const;

function planOrder(
  ctx: GateCtx,
  source: Source,
  message: Message,
  definition: EventDefinition,
  values: Record<string, unknown>,
  party: unknown,
  made: Plan,
): void {
  const number = normalizeIdentifier('order', values.order_id);
  if (!number.ok) return;
  const state = ORDER_STATES[(definition.state ?? 'updated') as keyof typeof ORDER_STATES] ?? 'updated';
  const whole = state === 'placed' || state === 'updated';
  const { products, order_id, ...rest } = values;
  const lines = whole && Array.isArray(products) ? linesOf(ctx, source, number.value, products) : undefined;
  made.order = {
    number: number.value,
    state,
    ...(whole ? { details: { orderId: order_id, ...rest } } : {}),
    ...(party === undefined ? {} : { party }),
    ...(lines === undefined ? {} : { lines }),
    occurredAt: message.occurredAt,
  };
  // The lines are rows of their own; the event keeps the rest.
  made.event = { ...made.event!, payload: whole ? { order_id, ...rest } : values };
}

function linesOf(ctx: GateCtx, source: Source, order: string, products: readonly unknown[]) {
  const seen = new Map<string, number>();
  return products.map((product) => {
    const text = JSON.stringify(product);
    const ordinal = seen.get(text) ?? 0;
    seen.set(text, ordinal + 1);
    return { key: rowToken(ctx, source.store, `${order}\n${text}\n${ordinal}`), value: product };
  });
}

/** Which retention classes a plan writes under; one may be named more than once. */
export function classesOf(made: Plan): RetentionClass[] {
  const classes = made.values.map((each) => each.retention);
  if (made.event !== null) classes.push(made.event.retention);
  if (made.order !== null) classes.push('commerce');
  if (made.case !== null || made.choice !== null) classes.push('service');
  return classes;
}
