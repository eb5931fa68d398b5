/** Binding a store to its app at Shopify. Secrets go in and never come out. */
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { recordDefinition } from '../../gate/record-definition.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { openRow, sealRow } from '../../keys/row-secret.ts';
import { deleteRowKeys } from '../../keys/sql.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/ports.ts';
import { type AppRow, addApp, appOfStore, redactionsOf, removeApp } from './sql.ts';

export interface ShopifySettings {
  readonly actor: Caller;
  /** `name.myshopify.com`. */
  readonly domain: string;
  /** Newest first; none: the store is bound to no app any more. */
  readonly secrets: readonly string[];
}

/** Replaces what was set before. Throws `forbidden`, `conflict` when another store has this domain. */
export async function setShopify(ctx: GateCtx, { actor, domain, secrets }: ShopifySettings): Promise<void> {
  needAdministrator(actor);
  await ctx.db.transaction(async (tx) => {
    const before = await removeApp(tx, actor.store);
    if (before !== null) await deleteRowKeys(tx, [before]);
    const row = { id: ctx.random.id(), store_id: actor.store };
    if (secrets.length > 0) {
      const sealed = await sealRow(ctx, tx, row, COLUMNS.shopifySecrets, secrets);
      const set = { set_by: actor.id, set_at: new Date(ctx.clock.now()) };
      if (!(await addApp(tx, { ...row, domain, sealed, secrets: secrets.length, ...set })))
        throw new BaileeError('conflict', 'Another store is bound to this domain.');
    }
    const details = { step: 'shopify', domain, secrets: secrets.length };
    await recordDefinition(ctx, tx, { kind: 'partner', actor, details });
  });
}

/** The domain, how many secrets there are, and shops that shall go. Throws `forbidden`. */
export async function readShopify(ctx: GateCtx, actor: Caller) {
  needAdministrator(actor);
  const app = await appOfStore(ctx.db, actor.store);
  const redactions = await redactionsOf(ctx.db, actor.store);
  return {
    domain: app?.domain ?? null,
    secrets: app?.secrets ?? 0,
    redactions: redactions.map(({ id, state, asked_at, decided_by, decided_at, ended_at }) => ({
      ...{ id, state, askedAt: asked_at.toISOString(), decidedBy: decided_by },
      decidedAt: decided_at?.toISOString() ?? null,
      endedAt: ended_at?.toISOString() ?? null,
    })),
  };
}

/** What the app signs with. */
export async function secretsOf(ctx: GateCtx, tx: Tx, app: AppRow): Promise<string[]> {
  return ((await openRow(ctx, tx, app, COLUMNS.shopifySecrets)) ?? []) as string[];
}

export function needAdministrator({ role }: Caller): void {
  if (role !== 'administrator')
    throw new BaileeError('forbidden', 'Only an administrator binds a store to parties outside.');
}
