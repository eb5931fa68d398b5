/** What a message of the shop's own tool tells of a case. */
import {
  CASE_CHANNELS,
  CASE_KINDS,
  CASE_PRIORITIES,
  CASE_TOPICS,
  type CaseChannel,
} from '../../contract/cases.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { EventDefinition } from '../catalog/types.ts';
import type { CaseWrite } from '../vault/write-cases.ts';
import type { Message } from './message.ts';

/** Without the customer: that is filled in when it is known who it is. */
export type PlannedCase = Omit<CaseWrite, 'customer' | 'id' | 'order'> & {
  readonly number: string;
  readonly order: string | null;
};

/** Null without a usable number. A reply is the shop's: a customer who writes again is an opened ticket again. */
export function planCase(
  message: Message,
  definition: EventDefinition,
  values: Record<string, unknown>,
): PlannedCase | null {
  const number = normalizeIdentifier('case', values.ticket_id);
  if (!number.ok) return null;
  const order = normalizeIdentifier('order', values.order_id);
  const opened = definition.name === 'Support Ticket Opened';
  const step = definition.state === 'closed' ? 'closed' : opened ? 'opened' : 'answered';
  return {
    number: number.value,
    order: order.ok ? order.value : null,
    step,
    ...(opened ? { details: values } : {}),
    ...(step === 'answered' && values.body !== undefined ? { answer: values.body } : {}),
    ...told(values),
    occurredAt: message.occurredAt,
  };
}

/** What shops call their channels, besides our own names. */
const CHANNELS: ReadonlyMap<unknown, CaseChannel> = new Map<unknown, CaseChannel>([
  ...CASE_CHANNELS.map((name) => [name, name] as const),
  ['email', 'mail'],
  ['web', 'form'],
  ['call', 'phone'],
]);

type Told = Pick<CaseWrite, 'channel' | 'priority' | 'kind' | 'topic'>;

/** What is no name of ours says nothing. */
function told(values: Record<string, unknown>): Told {
  const one = <Name extends string>(names: readonly Name[], value: unknown) =>
    names.find((name) => name === value);
  const all = {
    channel: CHANNELS.get(values.channel),
    priority: one(CASE_PRIORITIES, values.priority),
    kind: one(CASE_KINDS, values.kind),
    topic: one(CASE_TOPICS, values.topic),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Told;
}
