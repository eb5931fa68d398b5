/** Who received data of a store's customers. Who stands here is called; nobody else ever is. */
import type { Purpose } from '../../contract/names.ts';
import type { DeliveryState, RecipientIdentifier, RecipientProtocol } from '../../contract/recipients.ts';
import type { Caller } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { clusterOf, gather } from '../gate/gather.ts';
import { recordDefinition } from '../gate/record-definition.ts';
import { pseudonymFor } from '../gate/tell-recipients.ts';
import { COLUMNS } from '../keys/columns.ts';
import { openRow, sealRow } from '../keys/row-secret.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Tx } from '../platform/ports.ts';
import {
  addRecipient,
  countDeliveries,
  type RecipientRow,
  readRecipient,
  recipientsOf,
  removeRecipient,
} from '../vault/recipients.ts';
import { recipientUrl } from './address.ts';
import type { RecipientSecrets } from './message.ts';
import { secretBytes } from './signing.ts';

export interface NewRecipient {
  readonly actor: Caller;
  readonly name: string;
  readonly protocol: RecipientProtocol;
  readonly url: string;
  readonly identify: RecipientIdentifier;
  readonly purposes: readonly Purpose[];
  readonly fields: readonly string[];
  readonly secret?: string;
  readonly authorization?: string;
  readonly verifyKey?: string;
}

const KEEPERS = ['privacy-officer', 'administrator'];
const LEAST_SECRET_BYTES = 24;

function needRole({ role }: Caller, roles: readonly string[]): void {
  if (!roles.includes(role)) throw new BaileeError('forbidden', 'Your role may not do this.', { roles });
}

/** Resolves with its id and the secret that both sign with. Throws `forbidden`, `invalid_body`, `conflict`. */
export async function registerRecipient(
  ctx: GateCtx,
  input: NewRecipient,
): Promise<{ readonly id: string; readonly secret: string }> {
  const { actor, name, protocol, identify, verifyKey } = input;
  needRole(actor, KEEPERS);
  const unknown = input.fields.filter((field) => !ctx.catalog.fieldByName.has(field));
  if (unknown.length > 0)
    throw new BaileeError('invalid_body', 'There is no such field in the catalog.', { path: '/fields' });
  const secret = input.secret ?? `whsec_${ctx.random.bytes(32).toString('base64')}`;
  if (secretBytes(secret).length < LEAST_SECRET_BYTES)
    throw new BaileeError('invalid_body', 'A secret has at least 24 bytes.', { path: '/secret' });
  const url = recipientUrl(ctx, input.url);
  const row = { id: ctx.random.id(), store_id: actor.store };
  await ctx.db.transaction(async (tx) => {
    const secrets: RecipientSecrets = { secret, authorization: input.authorization ?? null };
    const sealed = await sealRow(ctx, tx, row, COLUMNS.recipientSecret, secrets);
    const added = await addRecipient(tx, {
      ...{ ...row, name, protocol, url, identify, sealed },
      ...{ purposes: [...input.purposes], fields: [...input.fields], made_by: actor.id },
      verify_key: verifyKey === undefined ? null : Buffer.from(verifyKey.replace(/^whpk_/, ''), 'base64'),
      made_at: new Date(ctx.clock.now()),
    });
    if (!added) throw new BaileeError('conflict', 'The store has a recipient of this name.');
    const details = { step: 'recipient', subject: row.id, protocol, identify };
    await recordDefinition(ctx, tx, { kind: 'partner', actor, details });
  });
  return { id: row.id, secret };
}

/** What waits for it is still told. Throws `forbidden`, `not_found`. */
export async function dismissRecipient(ctx: GateCtx, actor: Caller, id: string): Promise<void> {
  needRole(actor, KEEPERS);
  await ctx.db.transaction(async (tx) => {
    if (!(await removeRecipient(tx, actor.store, id, new Date(ctx.clock.now())))) throw unknownRecipient();
    const details = { step: 'recipient-removed', subject: id };
    await recordDefinition(ctx, tx, { kind: 'partner', actor, details });
  });
}

/** With messages by how they stand; removed ones too. Throws `forbidden`. */
export async function listRecipients(ctx: GateCtx, actor: Caller) {
  needRole(actor, [...KEEPERS, 'auditor']);
  const rows = await recipientsOf(ctx.db, actor.store, true);
  const counts = await countDeliveries(ctx.db, actor.store);
  return rows.map(({ id, name, protocol, url, identify, purposes, fields, made_at, removed_at }) => ({
    ...{ id, name, protocol, url, identify, purposes, fields },
    madeAt: made_at.toISOString(),
    removedAt: removed_at?.toISOString() ?? null,
    messages: Object.fromEntries(
      counts.filter((each) => each.recipient_id === id).map(({ state, count }) => [state, count]),
    ) as Record<DeliveryState, number>,
  }));
}

/** What stands for customers in what this recipient gets. Throws `forbidden`, `not_found` for a customer of another store. */
export async function pseudonymsOf(
  ctx: GateCtx,
  actor: Caller,
  { id, customers }: { readonly id: string; readonly customers: readonly string[] },
): Promise<string[]> {
  needRole(actor, KEEPERS);
  const recipient = await readRecipient(ctx.db, id);
  if (recipient === null || recipient.store_id !== actor.store) throw unknownRecipient();
  const gathered = await ctx.db.transaction((tx) => gather(ctx, tx, [...new Set(customers)], []));
  return customers.map((customer) => {
    if (clusterOf(gathered, customer, actor.store).rows.some((row) => row.erased))
      throw new BaileeError('already_erased', 'One of these customers was erased.');
    return pseudonymFor(ctx, recipient, customer);
  });
}

/** Null once its key is gone. */
export async function recipientSecrets(
  ctx: GateCtx,
  tx: Tx,
  row: RecipientRow,
): Promise<RecipientSecrets | null> {
  return (await openRow(ctx, tx, row, COLUMNS.recipientSecret)) as RecipientSecrets | null;
}

function unknownRecipient(): BaileeError {
  return new BaileeError('not_found', 'There is no such recipient in this store.');
}
