/** What proves a choice of the customer's: its entry, with the salt by which the ledger committed to it. */
import type { Strength } from '../../../contract/center.ts';
import { COLUMNS } from '../../keys/columns.ts';
import type { CanonicalEntry } from '../../ledger/leaf.ts';
import { BaileeError } from '../../platform/errors.ts';
import { readChoiceEntry } from '../../vault/own-pages.ts';
import { openCommitted } from '../../vault/read.ts';
import { openerFor } from '../answer.ts';
import { needPresent } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { clusterOf, gather } from '../gather.ts';
import { recordOwn } from './record-own.ts';

export interface OwnReceiptInput {
  readonly store: string;
  readonly customer: string;
  readonly strength: Strength;
  /** Id of the choice. */
  readonly choice: string;
}

export interface ProvedEntry {
  readonly id: string;
  readonly index: number;
  readonly entry: CanonicalEntry;
  readonly salt: Buffer;
}

/** Throws `not_found` for a choice of somebody else, or whose entry has no place in the ledger yet; `already_erased`. */
export async function ownReceipt(ctx: GateCtx, input: OwnReceiptInput): Promise<ProvedEntry> {
  const { store, customer, strength, choice } = input;
  const { row, cluster, gathered } = await ctx.db.transaction(async (tx) => {
    const gathered = await gather(ctx, tx, [customer], []);
    const cluster = clusterOf(gathered, customer, store);
    needPresent({ cluster });
    const row = await readChoiceEntry(tx, [...cluster.members], choice);
    if (row === null || row.ledger_index === null) throw noReceipt();
    const details = { step: 'receipt', subject: choice };
    await recordOwn(ctx, tx, { cluster, gathered }, { store, strength, kind: 'center', details });
    return { row, cluster, gathered };
  });
  const opener = openerFor(ctx, store, { cluster, gathered }, [COLUMNS.opening]);
  const committed = openCommitted(opener, row);
  if (committed === null) throw noReceipt();
  return { id: row.id, index: Number(row.ledger_index), ...committed };
}

function noReceipt(): BaileeError {
  return new BaileeError('not_found', 'There is no receipt of this choice.');
}
