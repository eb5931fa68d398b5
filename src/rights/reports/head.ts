/** Whose report it is, and when it was made. */
import type { GateCtx } from '../../gate/context.ts';

export async function headOf(ctx: GateCtx, store: string): Promise<{ store: string; made: string }> {
  const { rows } = await ctx.db.query<{ name: string }>({
    name: 'report_store',
    text: 'SELECT name FROM bailee.store WHERE id = $1',
    values: [store],
  });
  return { store: rows[0]!.name, made: new Date(ctx.clock.now()).toISOString() };
}
