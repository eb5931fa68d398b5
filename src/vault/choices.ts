/** Choices: append-only. The consent room writes them, the gate reads them; what stands is computed in `law`. */
import type { Purpose } from '../../contract/names.ts';
import type { Tx } from '../platform/ports.ts';

export interface ChoiceRow {
  readonly customer_id: string;
  readonly id: string;
  readonly purpose: Purpose;
  readonly channel: string | null;
  readonly state: 'granted' | 'refused';
  readonly how: 'asserted' | 'chosen';
  readonly received_at: Date;
}

/** An open link: when customers were merged decides which choice holds. */
export interface OpenLink {
  readonly child: string;
  readonly root: string;
  readonly valid_from: Date;
}

export interface NewChoice extends Omit<ChoiceRow, 'received_at'> {
  readonly notice: number | null;
  readonly occurredAt: number;
}

/**
 * Adds choices. The customers must be locked FOR UPDATE. A choice is later than those before it, whatever the
 * clock of the node says: what was said last stands.
 */
export async function addChoices(tx: Tx, choices: readonly NewChoice[], receivedAt: number): Promise<void> {
  if (choices.length === 0) return;
  await tx.query({
    name: 'choices_add',
    text: `INSERT INTO bailee.choice (customer_id, id, purpose, channel, state, how, notice, occurred_at, received_at)
           SELECT t.*, GREATEST($9, (SELECT max(h.received_at) + interval '1 millisecond' FROM bailee.choice h
             WHERE h.customer_id IN (SELECT member FROM bailee.cluster(ARRAY[t.customer_id]))))
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::timestamptz[])
             AS t (customer_id)`,
    values: [
      choices.map((each) => each.customer_id),
      choices.map((each) => each.id),
      choices.map((each) => each.purpose),
      choices.map((each) => each.channel),
      choices.map((each) => each.state),
      choices.map((each) => each.how),
      choices.map((each) => each.notice),
      choices.map((each) => new Date(each.occurredAt)),
      new Date(receivedAt),
    ],
  });
}
