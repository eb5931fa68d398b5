/** Cases of somebody who leaves go back to all. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import type { GateCtx } from '../gate/context.ts';
import { INSTALLATION, makeMissing, readRing } from '../keys/ring.ts';
import type { Transaction } from '../platform/ports.ts';
import { addCaseEvents, unassignAll } from '../vault/case-work.ts';
import { recordSoon } from '../vault/record.ts';

/** Resolves with how many there were. Running it twice changes nothing more. */
export async function releaseCasesOf(ctx: GateCtx, tx: Transaction, person: string): Promise<number> {
  const now = ctx.clock.now();
  const rows = await unassignAll(tx, person, new Date(now));
  const [first] = rows;
  if (first === undefined) return 0;
  const change = { what: 'assignee', from: person, to: null } as const;
  await addCaseEvents(
    tx,
    rows.map((row) => ({
      ...{ customer: row.customer_id, case: row.id, id: ctx.random.id() },
      ...{ by: null, change, at: now },
    })),
  );
  const ring = await readRing(ctx, tx, [INSTALLATION]);
  await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
  const store = first.store_id;
  const entry = { v: 1, kind: 'case', step: 'released', at: now, store, person, cases: rows.length };
  await recordSoon(ctx, tx, store, ring, [{ customer: INSTALLATION, kind: 'case', entry }]);
  return rows.length;
}
