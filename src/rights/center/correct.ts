/** A customer puts a value right: checked as everything that comes in, sealed as a new version, and in their ledger. */

import type { Field } from '../../catalog/types.ts';
import { validateValue } from '../../catalog/validate.ts';
import { readField } from '../../collect/read-text.ts';
import { cutCards } from '../../collect/scrub.ts';
import { needPresent } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { plainTexts } from '../../gate/free-text.ts';
import { type Cluster, clusterOf, gather } from '../../gate/gather.ts';
import { recordOwn } from '../../gate/own/record-own.ts';
import { BaileeError } from '../../platform/errors.ts';
import { type NewValue, writeValues } from '../../vault/write.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/**
 * What somebody is found by is changed where they sign in, at the shop: whoever could change it here could take an account
 * over. What is highly sensitive is put right by a request.
 */
export function isCorrectable({ identifier, sensitivity, mask }: Field): boolean {
  return identifier === undefined && sensitivity !== 'highly-sensitive' && mask !== 'hidden';
}

/**
 * Resolves with the value as it is kept. Throws `step_up_required`, `invalid_body` for a field that is not held, is not
 * corrected here, or for a value that the catalog refuses, `already_erased`.
 */
export async function correctOwn(
  ctx: GateCtx,
  session: OwnSession,
  { field: name, value: raw }: { readonly field: string; readonly value: unknown },
): Promise<{ readonly field: string; readonly value: unknown; readonly ledgerIndex: number }> {
  const { store, customer, strength } = session;
  needStrength(strength, 'correct');
  const field = ctx.catalog.fieldByName.get(name);
  if (field === undefined || !isCorrectable(field)) throw notHere();
  const valid = validateValue(field, raw);
  const value = valid.ok ? cutCards(valid.value) : undefined;
  if (value === undefined || value === null || value === '')
    throw new BaileeError('invalid_body', 'This is not a value for this field.', { path: '/value' });
  return ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, [customer], [field.id], 'update');
    const cluster = clusterOf(gathered, customer, store);
    needPresent({ cluster });
    if (cluster.fields.length === 0) throw notHere();
    const kept = field.mask === 'text' ? readField(value, cluster.rows[0]?.country ?? null) : value;
    const receivedAt = ctx.clock.now();
    const { ring } = gathered;
    const writer = { ctx, tx, store, ring, receivedAt, catalogVersion: ctx.catalogVersion };
    await writeValues(writer, everywhere(cluster, field, kept, receivedAt));
    const details = { step: 'corrected', field: field.name };
    const done = { store, strength, kind: 'correction', details } as const;
    const { index } = await recordOwn(ctx, tx, { cluster, gathered }, done);
    return { field: field.name, value: plainTexts(kept), ledgerIndex: index! };
  });
}

/** The wrong value stood wherever the field stands, of each account and device that is this person. */
function everywhere(cluster: Cluster, field: Field, value: unknown, now: number): NewValue[] {
  return cluster.fields.map((row) => ({
    customer: row.customer_id,
    field: field.id,
    retention: field.retention,
    source: row.source === 1 ? 1 : 0,
    value,
    // Later than what it puts right, also where a sender's clock was ahead.
    occurredAt: Math.max(now, row.occurred_at.getTime()),
  }));
}

function notHere(): BaileeError {
  return new BaileeError('invalid_body', 'This cannot be put right here. Ask for a correction instead.', {
    path: '/field',
  });
}
