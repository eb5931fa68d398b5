/** Whoever writes by mail: the customer who is known by the address, or a guest of their own. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { GateCtx } from '../gate/context.ts';
import { identifierToken } from '../keys/blind.ts';
import { makeMissing, readRing } from '../keys/ring.ts';
import { RetryTransaction } from '../platform/errors.ts';
import type { Transaction, Tx } from '../platform/ports.ts';
import { lookUp, stopped, type Token } from '../vault/identify.ts';
import { addCustomers, keepIdentifiers, takeIdentifiers, writeValues } from '../vault/write.ts';
import { Counts } from './counts.ts';

export interface Sender {
  readonly store: string;
  /** Normalized. */
  readonly address: string;
}

function tokenOf(ctx: GateCtx, { store, address }: Sender): Token {
  return { kind: 'email', token: identifierToken(ctx, store, 'email', address) };
}

/** The customer who is known by the address; `erased` while a tombstone stops it, as it stops what is collected. */
export async function findSender(
  ctx: GateCtx,
  tx: Tx,
  sender: Sender,
): Promise<{ readonly customer: string } | 'erased' | 'unknown'> {
  const token = tokenOf(ctx, sender);
  const [found] = (await lookUp(tx, sender.store, [token])).values();
  // An erasure takes an identifier and leaves its tombstone at once: what is still somebody's is not stopped.
  if (found !== undefined) return { customer: found.customer };
  return (await stopped(ctx, tx, sender.store, [token])).size > 0 ? 'erased' : 'unknown';
}

/** Counts a mail of somebody who was erased, as an event of theirs is counted. */
export function countErasedMail(ctx: GateCtx, tx: Transaction, store: string): void {
  const counts = new Counts();
  counts.add('erased', 'mail');
  counts.save(tx, store, ctx.clock.now());
}

/**
 * Makes a guest with this address and nothing else; anybody may write any address into a mail, so it is not verified.
 * Starts over when somebody took the address meanwhile. Resolves with the guest's id.
 */
export async function addGuest(ctx: GateCtx, tx: Transaction, sender: Sender): Promise<string> {
  const { store, address } = sender;
  const customer = ctx.random.id();
  const receivedAt = ctx.clock.now();
  const token = tokenOf(ctx, sender);
  addCustomers(tx, store, [{ id: customer, kind: 'guest' }], receivedAt);
  const wanted = [{ ...token, customer, target: null, verified: false }];
  const [got, halted] = await Promise.all([
    takeIdentifiers(tx, store, wanted, receivedAt),
    stopped(ctx, tx, store, [token]),
  ]);
  if (got.size !== 1) throw new RetryTransaction('an identifier was taken meanwhile');
  if (halted.size > 0) throw new RetryTransaction('an erasure came between');
  const ring = await readRing(ctx, tx, [customer]);
  const field = ctx.catalog.fieldByName.get('contact.email');
  const classes = new Set(['identity', 'service', field?.retention ?? 'identity'] as const);
  await makeMissing(
    ctx,
    tx,
    ring,
    [...classes].map((each) => ({ customer, class: RETENTION_CLASSES[each] })),
  );
  const writer = { ctx, tx, store, ring, receivedAt, catalogVersion: ctx.catalogVersion };
  const kept = { customer, kind: 'email', verified: false, retention: 'identity', target: null } as const;
  keepIdentifiers(writer, [{ ...kept, value: address }]);
  if (field !== undefined) {
    const { id, retention } = field;
    // As a device's word: what the shop's server tells of the address stands before it.
    const value = { customer, field: id, retention, source: 1, value: address } as const;
    await writeValues(writer, [{ ...value, occurredAt: receivedAt }]);
  }
  return customer;
}
