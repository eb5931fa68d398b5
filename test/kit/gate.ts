/** A context with the default catalog, and a store in it: what rooms from the gate upward need in tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '../../contract/names.ts';
import { buildCatalog } from '../../src/catalog/build.ts';
import { parseCatalog } from '../../src/catalog/parse.ts';
import type { Source } from '../../src/collect/types.ts';
import type { Actor } from '../../src/gate/actor.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { projectRoot } from '../../src/platform/migrate.ts';
import { type TestContext, testContext } from './context.ts';

export interface TestGate extends TestContext, GateCtx {
  readonly clock: TestContext['clock'];
}

const text = readFileSync(join(projectRoot(), 'packs/catalog/default.yaml'), 'utf8');

export async function testGate(options: Parameters<typeof testContext>[0] = {}): Promise<TestGate> {
  const ctx = await testContext(options);
  const catalog = buildCatalog([parseCatalog(text, 'default.yaml')]);
  return { ...ctx, catalog, catalogVersion: 1, policy: { hash: 'none', rules: [] } };
}

/** A store without keys: rooms below the edge take a source and an actor. */
export async function testStore(
  ctx: TestGate,
): Promise<{ id: string; server: Source; browser: Source; actor: (role: Role) => Actor }> {
  const id = ctx.random.id();
  await ctx.db.query({
    text: 'INSERT INTO bailee.store (id, name, country, created_at) VALUES ($1, $2, $3, $4)',
    values: [id, `shop ${id.slice(-4)}`, 'DE', new Date(ctx.clock.now())],
  });
  const source = (kind: Source['kind']): Source => ({ kind, store: id, key: ctx.random.id(), country: 'DE' });
  const keys = new Map<Role, string>();
  return {
    id,
    server: source('server'),
    browser: source('browser'),
    actor(role) {
      if (!keys.has(role)) keys.set(role, ctx.random.id());
      return { type: 'api-key', id: keys.get(role)!, store: id, role };
    },
  };
}
