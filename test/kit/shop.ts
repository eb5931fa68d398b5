/** What tests of collecting and the gate say again and again: messages of a shop, and questions about what became of them. */
import type { IdentifierKind } from '../../contract/names.ts';
import { collect } from '../../src/collect/collect.ts';
import { listUndeclared } from '../../src/collect/counts.ts';
import type { Source } from '../../src/collect/types.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { gather, standingChoices } from '../../src/gate/gather.ts';
import { identifierToken } from '../../src/keys/blind.ts';
import type { StandingChoices } from '../../src/law/effective.ts';
import { lookUp, members } from '../../src/vault/identify.ts';

type More = Record<string, unknown>;

export const identify = (userId: string, more: More = {}) => ({
  type: 'identify',
  userId,
  traits: { name: `Name of ${userId}` },
  ...more,
});
export const track = (event: string, who: More, properties: More = {}, more: More = {}) => ({
  type: 'track',
  event,
  properties,
  ...who,
  ...more,
});
export const bought = (who: More, number: string, properties: More = {}, more: More = {}) =>
  track(
    'Order Completed',
    who,
    {
      order_id: number,
      total: 30,
      currency: 'EUR',
      products: [{ name: 'Mug', price: 10, quantity: 3 }],
      ...properties,
    },
    more,
  );
export const opened = (who: More, number: string, properties: More = {}, more: More = {}) =>
  track('Support Ticket Opened', who, { ticket_id: number, subject: 'Broken', ...properties }, more);
export const said = (preferences: unknown) => ({
  context: { consent: { categoryPreferences: preferences } },
});
export const chose = (who: More, preferences: unknown) =>
  track('Segment Consent Preference Updated', who, {}, said(preferences));
export const viewed = (who: More, more: More = {}) =>
  track('Product Viewed', who, { product_id: 'p1' }, more);

/** A store as a test sees it. */
export function shop(ctx: GateCtx, source: Source) {
  const find = async (kind: IdentifierKind, value: string): Promise<string | null> => {
    const token = identifierToken(ctx, source.store, kind, value);
    const found = await lookUp(ctx.db, source.store, [{ kind, token }]);
    return [...found.values()][0]?.customer ?? null;
  };
  const idOf = async (kind: IdentifierKind, value: string): Promise<string> => {
    const id = await find(kind, value);
    if (id === null) throw new Error(`nobody is known by this ${kind}`);
    return id;
  };
  const together = async (customer: string): Promise<Set<string>> =>
    new Set((await members(ctx.db, [customer])).map((each) => each.member));
  return {
    find,
    idOf,
    together,
    send: (...events: unknown[]) => collect(ctx, source, { events }),
    /** Whether two identifiers name one person. */
    async areOne(
      a: readonly [IdentifierKind, string],
      b: readonly [IdentifierKind, string],
    ): Promise<boolean> {
      return (await together(await idOf(...a))).has(await idOf(...b));
    },
    async standing(customer: string): Promise<StandingChoices> {
      const gathered = await ctx.db.transaction((tx) => gather(ctx, tx, [customer], []));
      return standingChoices(gathered.clusters.get(customer)!);
    },
    /** How often something was not stored, for this reason. */
    async counted(reason: string, name?: string): Promise<number> {
      const rows = await listUndeclared(ctx, source.store);
      return rows
        .filter((row) => row.reason === reason && (name === undefined || row.name === name))
        .reduce((sum, row) => sum + row.count, 0);
    },
  };
}

/** A count in a table, of all stores. */
export async function count(ctx: GateCtx, from: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await ctx.db.query<{ n: string }>({ text: `SELECT count(*) AS n FROM ${from}`, values });
  return Number(rows[0]!.n);
}
