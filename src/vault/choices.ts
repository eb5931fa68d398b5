/** Choices: append-only. The consent room writes them, the gate reads them; what stands is computed in `law`. */
import type { Purpose } from '../../contract/names.ts';
import type { Tx } from '../platform/ports.ts';

/** Asserted by a sender; chosen by the person; a signal of their browser; imported with its proof. Only `chosen` widens a refusal. */
export type ChoiceHow = 'asserted' | 'chosen' | 'signal' | 'imported';

export interface ChoiceRow {
  readonly customer_id: string;
  readonly id: string;
  readonly purpose: Purpose;
  /** `recipient:<name>` where it is for one recipient alone. */
  readonly channel: string | null;
  readonly state: 'granted' | 'refused';
  readonly how: ChoiceHow;
  readonly received_at: Date;
  /** A parent chose, for a child. */
  readonly by_parent: boolean;
}

/** An open link: when customers were merged decides which choice holds. */
export interface OpenLink {
  readonly child: string;
  readonly root: string;
  readonly valid_from: Date;
}

export interface NewChoice extends Omit<ChoiceRow, 'received_at' | 'by_parent'> {
  readonly recipient: string | null;
  /** Where it was made. */
  readonly place: string | null;
  readonly notice: number | null;
  readonly noticeLanguage: string | null;
  readonly region: string | null;
  readonly regimes: readonly string[] | null;
  /** Fingerprint of the terms. */
  readonly policy: string | null;
  readonly guardian: string | null;
  /** The caller's id of the request. */
  readonly request: string | null;
  /** The opening that holds its entry. */
  readonly entry: string;
  /** UTC milliseconds; null: until withdrawn. */
  readonly expiresAt: number | null;
  readonly occurredAt: number;
}

const COLUMNS = `customer_id, id, purpose, channel, state, how, notice, occurred_at, recipient, place,
  notice_language, region, policy, guardian, request, entry, expires_at`;

/**
 * Adds choices. The customers must be locked FOR UPDATE. A choice is later than those before it, whatever the
 * clock of the node says: what was said last stands.
 */
export async function addChoices(tx: Tx, choices: readonly NewChoice[], receivedAt: number): Promise<void> {
  if (choices.length === 0) return;
  const all = <Value>(pick: (each: NewChoice) => Value) => choices.map(pick);
  await tx.query({
    name: 'choices_add',
    text: `INSERT INTO bailee.choice (${COLUMNS}, regimes, received_at)
           SELECT ${COLUMNS}, (SELECT array_agg(r) FROM jsonb_array_elements_text($19::jsonb -> (nth::integer - 1)) AS r),
             GREATEST($18, (SELECT max(h.received_at) + interval '1 millisecond' FROM bailee.choice h
               WHERE h.customer_id IN (SELECT member FROM bailee.cluster(ARRAY[t.customer_id]))))
           FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[],
             $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
             $15::uuid[], $16::uuid[], $17::timestamptz[]) WITH ORDINALITY
             AS t (${COLUMNS}, nth)`,
    values: [
      all((each) => each.customer_id),
      all((each) => each.id),
      all((each) => each.purpose),
      all((each) => each.channel),
      all((each) => each.state),
      all((each) => each.how),
      all((each) => each.notice),
      all((each) => new Date(each.occurredAt)),
      all((each) => each.recipient),
      all((each) => each.place),
      all((each) => each.noticeLanguage),
      all((each) => each.region),
      all((each) => each.policy),
      all((each) => each.guardian),
      all((each) => each.request),
      all((each) => each.entry),
      all((each) => (each.expiresAt === null ? null : new Date(each.expiresAt))),
      new Date(receivedAt),
      JSON.stringify(all((each) => each.regimes ?? [])),
    ],
  });
}

/** A request that choices were made by, as it stands now. */
export interface RequestRow {
  /** Ledger index of its entry; null while it waits for its place. */
  readonly index: number | null;
  /** True when the customers chose again after it, for any of the same purposes. */
  readonly overtaken: boolean;
}

/** The request `request` of the customers that belong together; null when they never made it. */
export async function readRequest(
  tx: Tx,
  customers: readonly string[],
  request: string,
): Promise<RequestRow | null> {
  const { rows } = await tx.query<{ index: string | null; overtaken: boolean }>({
    name: 'choices_request',
    text: `SELECT o.ledger_index AS index, EXISTS (
             SELECT FROM bailee.choice l WHERE l.customer_id = ANY($1) AND l.purpose = h.purpose
               AND l.received_at > h.received_at AND l.request IS DISTINCT FROM h.request) AS overtaken
           FROM bailee.choice h LEFT JOIN bailee.opening o ON o.customer_id = h.customer_id AND o.id = h.entry
           WHERE h.customer_id = ANY($1) AND h.request = $2 ORDER BY 2 DESC LIMIT 1`,
    values: [customers, request],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return { index: row.index === null ? null : Number(row.index), overtaken: row.overtaken };
}

/** What was said last of a purpose as a whole by customers that belong together; null when nothing was. */
export async function newestState(
  tx: Tx,
  customers: readonly string[],
  purpose: Purpose,
): Promise<ChoiceRow['state'] | null> {
  const { rows } = await tx.query<Pick<ChoiceRow, 'state'>>({
    name: 'choices_newest',
    text: `SELECT state FROM bailee.choice WHERE customer_id = ANY($1) AND purpose = $2
             AND channel IS NULL AND recipient IS NULL ORDER BY received_at DESC, id DESC LIMIT 1`,
    values: [customers, purpose],
  });
  return rows[0]?.state ?? null;
}
