/** What mail adds to cases: answers that wait to be sent, and attachments. Content comes in and is sealed; none goes out. */
import { COLUMNS } from '../keys/columns.ts';
import type { Tx } from '../platform/ports.ts';
import { sealFor, type Writer } from './write.ts';

export interface WaitingAnswer {
  readonly customer_id: string;
  readonly case_id: string;
  readonly message_id: string;
  readonly store_id: string;
}

/** An answer that this node is sending now. */
export interface TakenAnswer extends WaitingAnswer {
  /** Begun so far, with this one. */
  readonly tries: number;
}

/** Queues an answer once, however often it is told of. */
export async function queueAnswer(
  tx: Tx,
  { customer, case: id, message }: AnswerIds,
  at: Date,
): Promise<void> {
  await tx.query({
    name: 'case_mail_queue',
    text: `INSERT INTO bailee.case_mail (customer_id, case_id, message_id, store_id, tries, next_at)
           SELECT c.customer_id, c.id, $3, c.store_id, 0, $4 FROM bailee.cases c WHERE c.customer_id = $1 AND c.id = $2
           ON CONFLICT DO NOTHING`,
    values: [customer, id, message, at],
  });
}

export interface AnswerIds {
  readonly customer: string;
  readonly case: string;
  readonly message: string;
}

/**
 * Marks up to `limit` answers whose time has come as being sent, before the first is. Whoever is killed meanwhile leaves
 * them so: they come due again at `until`.
 */
export async function takeAnswers(
  tx: Tx,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<TakenAnswer[]> {
  const { rows } = await tx.query<TakenAnswer>({
    name: 'case_mail_take',
    text: `UPDATE bailee.case_mail m SET tries = m.tries + 1, sending_since = $1, next_at = $2
           FROM (SELECT customer_id, message_id FROM bailee.case_mail WHERE next_at <= $1
                 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED) AS due
           WHERE m.customer_id = due.customer_id AND m.message_id = due.message_id
           RETURNING m.customer_id, m.case_id, m.message_id, m.store_id, m.tries`,
    values: [now, until, limit],
  });
  return rows;
}

/** The answer left, or is given up. */
export async function dropAnswer(tx: Tx, { customer_id, message_id }: WaitingAnswer): Promise<void> {
  await tx.query({
    name: 'case_mail_drop',
    text: 'DELETE FROM bailee.case_mail WHERE customer_id = $1 AND message_id = $2',
    values: [customer_id, message_id],
  });
}

/** The answer is tried again then. */
export async function putOffAnswer(
  tx: Tx,
  { customer_id, message_id }: WaitingAnswer,
  at: Date,
): Promise<void> {
  await tx.query({
    name: 'case_mail_put_off',
    text: `UPDATE bailee.case_mail SET next_at = $3, sending_since = NULL WHERE customer_id = $1 AND message_id = $2`,
    values: [customer_id, message_id, at],
  });
}

export interface NewAttachment {
  readonly customer: string;
  readonly case: string;
  /** The message it came with; of the first words the case itself. */
  readonly message: string;
  /** As it was read: sealed with the places of what `detect` found. */
  readonly name: unknown;
  /** Media type, found from the content. */
  readonly type: string;
  readonly unsafe: boolean;
  readonly content: Buffer;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
}

export function addAttachments(writer: Writer, attachments: readonly NewAttachment[]): void {
  for (const { customer, case: of, message, name, type, unsafe, content, sha256 } of attachments) {
    const row = writer.ctx.random.id();
    const place = { customer, retention: 'service', row, rowVersion: 1 } as const;
    const named = sealFor(writer, { ...place, field: COLUMNS.attachmentName }, { name, sha256 });
    const sealed = sealFor(writer, { ...place, field: COLUMNS.attachment }, content.toString('base64'));
    writer.tx.later({
      name: 'case_attachment_add',
      text: `INSERT INTO bailee.case_attachment (customer_id, case_id, message_id, id, type, bytes, unsafe, name, sealed, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [
        ...[customer, of, message, row, type, content.length, unsafe, named, sealed],
        new Date(writer.receivedAt),
      ],
    });
  }
}
