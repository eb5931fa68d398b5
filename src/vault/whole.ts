/** All rows about customers that belong together, sealed as they lie: for an access package. For the gate. */
import type { Tx } from '../platform/ports.ts';
import { type AttachmentRow, CASE_META, type CaseMeta, type MessageRow } from './case-rows.ts';
import type { CaseRow, EventRow, FieldRow, IdentifierRow, LineRow, OrderRow } from './rows.ts';
import type { EntryRow } from './sql.ts';

export interface WholeField extends FieldRow {
  readonly received_at: Date;
}
export interface WholeIdentifier extends IdentifierRow {
  readonly created_at: Date;
}
export type WholeCase = CaseRow & CaseMeta;
export interface WholeAttachment extends AttachmentRow {
  readonly sealed: Buffer;
  readonly received_at: Date;
}

export interface WholeChoice {
  readonly id: string;
  readonly purpose: string;
  readonly channel: string | null;
  readonly recipient: string | null;
  readonly state: string;
  readonly how: string;
  readonly notice: number | null;
  readonly notice_language: string | null;
  readonly place: string | null;
  readonly region: string | null;
  readonly by_guardian: boolean;
  readonly request: string | null;
  readonly received_at: Date;
  readonly expires_at: Date | null;
  /** Index of its entry in the ledger. */
  readonly ledger_index: string | null;
}

export interface WholeTag {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly rule: 'orders' | 'cases' | null;
  readonly at_least: number | null;
  readonly within_days: number | null;
  readonly purposes: string[];
  readonly evidence: string;
  readonly by_type: string;
  readonly given_at: Date;
  readonly until: Date;
  readonly removed_at: Date | null;
}

export interface WholeQuarantined {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly source: string;
  readonly sealed: Buffer;
  readonly received_at: Date;
  readonly expires_at: Date;
}

export interface WholeRequest {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly received_at: Date;
  readonly due_at: Date;
  readonly ended_at: Date | null;
  readonly refused_because: string | null;
}

/** When a customer came to be known, where they live, and who was linked to them. */
export interface WholeAbout {
  readonly id: string;
  readonly kind: string;
  readonly region: string | null;
  readonly created_at: Date;
  readonly restricted_at: Date | null;
  readonly erased_at: Date | null;
}

export interface WholeLink {
  readonly child: string;
  readonly root: string;
  readonly because: string;
  readonly valid_from: Date;
  readonly valid_to: Date | null;
}

export interface WholeRows {
  readonly about: WholeAbout[];
  readonly links: WholeLink[];
  readonly fields: WholeField[];
  readonly identifiers: WholeIdentifier[];
  readonly orders: OrderRow[];
  readonly lines: LineRow[];
  readonly cases: WholeCase[];
  readonly messages: MessageRow[];
  readonly attachments: WholeAttachment[];
  readonly events: EventRow[];
  readonly choices: WholeChoice[];
  readonly tags: WholeTag[];
  readonly openings: EntryRow[];
  readonly requests: WholeRequest[];
  readonly quarantined: WholeQuarantined[];
}

const OWN = 'customer_id = ANY($1)';
/** What each section of the package reads, oldest first; each asks for `$1` customers, `$2` at most so many rows. */
const READS: Readonly<Record<Exclude<keyof WholeRows, 'quarantined'>, string>> = {
  about: `SELECT id, kind, region, created_at, restricted_at, erased_at FROM bailee.customer WHERE id = ANY($1) ORDER BY id`,
  links: `SELECT child, root, because, valid_from, valid_to FROM bailee.customer_link
          WHERE child = ANY($1) OR root = ANY($1) ORDER BY valid_from, id`,
  fields: `SELECT customer_id, field_id, source, row_version, sealed, occurred_at, received_at FROM bailee.field_value
           WHERE ${OWN} ORDER BY field_id, source, customer_id`,
  identifiers: `SELECT customer_id, id, kind, verified, row_version, sealed, created_at FROM bailee.customer_identifier
                WHERE ${OWN} ORDER BY kind, id`,
  orders: `SELECT customer_id, id, state, row_version, sealed, party, occurred_at FROM bailee.orders
           WHERE ${OWN} ORDER BY occurred_at, id`,
  lines: `SELECT customer_id, order_id, line_key, sealed, occurred_at FROM bailee.order_line
          WHERE ${OWN} ORDER BY order_id, line_key`,
  cases: `SELECT ${CASE_META}, c.state, c.row_version, c.sealed, c.occurred_at, c.received_at FROM bailee.cases c
          WHERE c.${OWN} ORDER BY c.created_at, c.id`,
  messages: `SELECT customer_id, case_id, id, kind, by, sent, sealed, change, occurred_at FROM bailee.case_message
             WHERE ${OWN} ORDER BY occurred_at, id`,
  attachments: `SELECT customer_id, case_id, message_id, id, type, bytes, unsafe, name, sealed, received_at FROM bailee.case_attachment
                WHERE ${OWN} ORDER BY id`,
  events: `SELECT customer_id, id, event_id, class, sealed, occurred_at, received_at FROM bailee.event
           WHERE ${OWN} ORDER BY received_at, id`,
  choices: `SELECT c.id, c.purpose, c.channel, c.recipient, c.state, c.how, c.notice, c.notice_language, c.place, c.region,
              c.guardian IS NOT NULL AS by_guardian, c.request, c.received_at, c.expires_at, o.ledger_index
            FROM bailee.choice c LEFT JOIN bailee.opening o ON o.customer_id = c.customer_id AND o.id = c.entry
            WHERE c.${OWN} ORDER BY c.received_at, c.id`,
  tags: `SELECT t.id, t.name, t.meaning, t.rule, t.at_least, t.within_days, t.purposes, g.evidence, g.by_type, g.given_at, g.until, g.removed_at
         FROM bailee.customer_tag g JOIN bailee.tag t ON t.id = g.tag_id WHERE g.${OWN} ORDER BY g.given_at, t.id`,
  openings: `SELECT customer_id, id, kind, ledger_index, class, sealed, occurred_at FROM bailee.opening
             WHERE ${OWN} ORDER BY id`,
  requests: `SELECT id, number, kind, state, received_at, due_at, ended_at, refused_because FROM bailee.request
             WHERE ${OWN} ORDER BY received_at, id`,
};

/** Rows of these kinds alone; none of the others. */
export async function readParts(
  tx: Tx,
  customers: readonly string[],
  parts: readonly (keyof typeof READS)[],
  most: number,
): Promise<WholeRows> {
  const found: Record<string, unknown[]> = { quarantined: [] };
  for (const [kind, text] of Object.entries(READS)) {
    found[kind] = [];
    if (!parts.includes(kind as keyof typeof READS)) continue;
    const asked = { name: `whole_${kind}`, text: `${text} LIMIT $2`, values: [customers, most] };
    found[kind] = (await tx.query(asked)).rows;
  }
  return found as unknown as WholeRows;
}

/** Up to `most` rows of each kind and one more, so that the caller sees when there are more. */
export async function readWhole(
  tx: Tx,
  store: string,
  customers: readonly string[],
  most: number,
): Promise<WholeRows> {
  const found: Record<string, unknown[]> = {};
  for (const [kind, text] of Object.entries(READS)) {
    const { rows } = await tx.query({
      name: `whole_${kind}`,
      text: `${text} LIMIT $2`,
      values: [customers, most + 1],
    });
    found[kind] = rows;
  }
  const { rows } = await tx.query<WholeQuarantined>({
    name: 'whole_quarantined',
    text: `SELECT id, code, message, source, sealed, received_at, expires_at FROM bailee.quarantine
           WHERE store_id = $3 AND tokens && ARRAY(SELECT token FROM bailee.identifier WHERE ${OWN}) ORDER BY id LIMIT $2`,
    values: [customers, most + 1, store],
  });
  return { ...(found as unknown as Omit<WholeRows, 'quarantined'>), quarantined: rows };
}

/** Bytes of all attachments of these customers, before any is read. */
export async function attachmentBytes(tx: Tx, customers: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ bytes: string }>({
    name: 'whole_attachment_bytes',
    text: `SELECT COALESCE(sum(bytes), 0) AS bytes FROM bailee.case_attachment WHERE ${OWN}`,
    values: [customers],
  });
  return Number(rows[0]!.bytes);
}
