/** What was recorded of staff, in the order in which it happened. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { COLUMNS } from '../../src/keys/columns.ts';
import { INSTALLATION, readRing } from '../../src/keys/ring.ts';
import { unseal } from '../../src/keys/seal.ts';
import type { Ctx } from '../../src/platform/ports.ts';

export type StaffEntry = Readonly<Record<string, unknown>> & { readonly step: string };

export async function staffEntries(ctx: Ctx): Promise<StaffEntry[]> {
  const ring = await readRing(ctx, ctx.db, [INSTALLATION]);
  const { rows } = await ctx.db.query<{ id: string; sealed: Buffer }>({
    text: `SELECT id, sealed FROM bailee.opening WHERE kind = 'staff' ORDER BY id`,
  });
  return rows.map(({ id, sealed }) => {
    const place = {
      store: INSTALLATION,
      customer: INSTALLATION,
      row: id,
      rowVersion: 1,
      field: COLUMNS.opening,
    };
    const key = ring.at(INSTALLATION, RETENTION_CLASSES.service, sealed)!;
    return (unseal(ctx.cipher, key, place, sealed) as { entry: StaffEntry }).entry;
  });
}
