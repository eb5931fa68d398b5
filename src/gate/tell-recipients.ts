/**
 * What recipients must hear of a customer, left beside the change that they must hear of. They are told by what they know
 * the customer by, and by nothing else; that it was opened is recorded in the same transaction, and nothing leaves before
 * that is durable.
 */
import { createHash } from 'node:crypto';
import { IDENTIFIER_KINDS, RETENTION_CLASSES } from '../../contract/names.ts';
import type { DeliveryKind, RecipientIdentifier } from '../../contract/recipients.ts';
import { pseudonym } from '../anonymize/pseudonym.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import { storeSecret } from '../keys/store-secret.ts';
import type { Ctx, Transaction } from '../platform/ports.ts';
import { addDelivery, type Identity, type RecipientRow, recipientsOf } from '../vault/recipients.ts';
import { recordSoon } from '../vault/record.ts';
import { readIdentifiers } from '../vault/sql.ts';
import { type OpenedIdentifier, openIdentifiers } from './bulk-identifiers.ts';
import type { GateCtx } from './context.ts';
import { gather } from './gather.ts';

export interface Word {
  readonly store: string;
  readonly kind: DeliveryKind;
  /** All who belong together, locked; their keys must still be there. */
  readonly customers: readonly string[];
  readonly erasure?: string;
  readonly request?: string | null;
  /** Name of the one recipient whom it concerns; absent: all. */
  readonly only?: string;
}

const PURPOSE = 'legal-duty';
const TELLING: readonly number[] = [IDENTIFIER_KINDS.email, IDENTIFIER_KINDS.userId];

/** Leaves a message for each recipient of the store. Resolves with their ids. */
export async function tellRecipients(ctx: GateCtx, tx: Transaction, word: Word): Promise<string[]> {
  const { store, kind, customers, erasure = null, request = null, only } = word;
  const recipients = (await recipientsOf(tx, store)).filter(
    ({ name }) => only === undefined || name === only,
  );
  if (recipients.length === 0) return [];
  const byName = recipients.some(({ identify }) => identify !== 'pseudonym');
  const known = byName ? await openForTelling(ctx, tx, store, customers) : [];
  for (const recipient of recipients)
    await addDelivery(
      ctx,
      tx,
      {
        ...{ id: messageId(ctx), store_id: store, recipient_id: recipient.id, kind },
        ...{ erasure_id: erasure, request_id: request },
      },
      identitiesFor(ctx, recipient, customers, known),
    );
  return recipients.map(({ id }) => id);
}

/** Random as OpenDSR asks for it (RFC 9562 §5.4). */
function messageId(ctx: Ctx): string {
  const bytes = ctx.random.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** What stands for a customer in what this recipient got: no other recipient's is the same. */
export function pseudonymFor(
  ctx: Ctx,
  { id, store_id }: Pick<RecipientRow, 'id' | 'store_id'>,
  customer: string,
): string {
  const use = { purpose: 'partner-sharing', recipient: id };
  return pseudonym(storeSecret(ctx, store_id, 'pseudonym', 1), customer, use);
}

function identitiesFor(
  ctx: Ctx,
  recipient: RecipientRow,
  customers: readonly string[],
  known: readonly OpenedIdentifier[],
): Identity[] {
  const { identify } = recipient;
  const of = (kind: 'email' | 'userId') => [
    ...new Set(known.filter((each) => each.kind === kind).map(({ value }) => value)),
  ];
  const values: Readonly<Record<RecipientIdentifier, () => string[]>> = {
    pseudonym: () => customers.map((customer) => pseudonymFor(ctx, recipient, customer)),
    'email-sha256': () => of('email').map((email) => createHash('sha256').update(email).digest('hex')),
    account: () => of('userId'),
  };
  return values[identify]().map((value) => ({ kind: identify, value }));
}

async function openForTelling(
  ctx: GateCtx,
  tx: Transaction,
  store: string,
  customers: readonly string[],
): Promise<OpenedIdentifier[]> {
  const job = { type: 'job', name: 'tell-recipients', store } as const;
  const gathered = await gather(ctx, tx, customers, []);
  const rows = (await readIdentifiers(tx, customers)).filter(({ kind }) => TELLING.includes(kind));
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const entry = {
    ...{ v: 1, kind: 'bulk-opening', at: ctx.clock.now(), store, actor: { type: 'job', name: job.name } },
    ...{
      purpose: PURPOSE,
      what: 'account.identifiers',
      customers: customers.length,
      policy: ctx.policy.hash,
    },
  };
  await recordSoon(ctx, tx, store, ring, [{ customer: INSTALLATION, kind: 'bulk-opening', entry }]);
  return openIdentifiers(ctx, gathered, job, rows);
}
