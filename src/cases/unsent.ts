/** Answers while no mail leaves from here: the case says so, and whoever wrote sends it another way. */
import type { Tx } from '../platform/ports.ts';
import { markSent } from '../vault/case-work.ts';

/** `payload` of the outbox: customer, case and message. */
export async function leaveUnsent(tx: Tx, payload: Readonly<Record<string, string>>): Promise<void> {
  const { customer, message } = payload;
  if (customer !== undefined && message !== undefined) await markSent(tx, { customer, message }, 'none');
}
