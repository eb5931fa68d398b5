/** What a message of the shop's own tool tells of a case. */
import { CASE_CHANNELS, CASE_PRIORITIES, type CaseChannel } from '../../contract/cases.ts';
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

function told({ channel, priority }: Record<string, unknown>): Pick<CaseWrite, 'channel' | 'priority'> {
  const known = CHANNELS.get(channel);
  const level = CASE_PRIORITIES.find((each) => each === priority);
  return {
    ...(known === undefined ? {} : { channel: known }),
    ...(level === undefined ? {} : { priority: level }),
  };
}
