/** A shop with keys of every kind, and the context that the gate and the rooms above it take. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ROLES, type Role } from '../../contract/names.ts';
import { buildCatalog } from '../../src/catalog/build.ts';
import { parseCatalog } from '../../src/catalog/parse.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { registerKeys } from '../../src/ledger/keys.ts';
import type { Ctx } from '../../src/platform/ports.ts';
import { type TestContext, testContext } from './context.ts';

const DEFAULT_CATALOG = new URL('../../packs/catalog/default.yaml', import.meta.url);

/** `testContext` with the default catalog, no rules of a pack, and the ledger's keys published. */
export async function gateContext(
  options: Parameters<typeof testContext>[0] = {},
): Promise<TestContext & GateCtx> {
  const ctx = await testContext(options);
  const document = parseCatalog(readFileSync(DEFAULT_CATALOG, 'utf8'), 'default.yaml');
  await ctx.db.transaction((tx) => registerKeys(ctx, tx));
  return {
    ...ctx,
    catalog: buildCatalog([document]),
    catalogVersion: 1,
    policy: { hash: '0'.repeat(64), rules: [] },
  };
}

export interface TestStore {
  readonly store: string;
  readonly serverKey: string;
  readonly browserKey: string;
  readonly apiKeys: Readonly<Record<Role, string>>;
  /** Ids of the keys above, by the key. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Makes a store with a server key, a browser key, and an API key of every role. */
export async function makeStore(
  ctx: Ctx,
  options: { readonly origins?: readonly string[]; readonly demo?: boolean; readonly country?: string } = {},
): Promise<TestStore> {
  const store = ctx.random.id();
  const now = new Date(ctx.clock.now());
  await ctx.db.query({
    text: `INSERT INTO bailee.store (id, name, country, origins, demo, created_at)
           VALUES ($1, 'Teahouse', $2, $3, $4, $5)`,
    values: [store, options.country ?? 'DE', options.origins ?? [], options.demo ?? false, now],
  });
  const ids = new Map<string, string>();
  const make = async (kind: 'server' | 'browser' | 'api', role: Role | null): Promise<string> => {
    const key = `${kind}_${randomBytes(32).toString('base64url')}`;
    const id = ctx.random.id();
    ids.set(key, id);
    await ctx.db.query({
      text: 'INSERT INTO bailee.api_key (id, store_id, kind, role, hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      values: [id, store, kind, role, createHash('sha256').update(key).digest(), now],
    });
    return key;
  };
  const apiKeys = {} as Record<Role, string>;
  for (const role of ROLES) apiKeys[role] = await make('api', role);
  return {
    store,
    serverKey: await make('server', null),
    browserKey: await make('browser', null),
    apiKeys,
    ids,
  };
}
