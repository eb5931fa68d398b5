import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import { find } from '../../gate/find.ts';
import { projectRoot } from '../../platform/migrate.ts';
import { erase } from '../../rights/erase.ts';
import { acceptBodies } from '../http/bodies.ts';
import type { Edge, Server } from '../http/edge.ts';
import { answerFailures } from '../http/failures.ts';
import { makeKeys } from '../http/keys.ts';
import { importRoutes } from '../http/routes-import.ts';
import { operatorRoutes } from '../http/routes-operator.ts';
import { openingScope } from '../http/scopes.ts';
import type { App, Deps } from './command.ts';
import { importCommand } from './import.ts';
import { reportCommand } from './report.ts';

const OPERATOR = 'operator-of-this-test';
const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
let ctx: GateCtx;
let shop: TestStore;
let app: App;

beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  const server = fastify() as unknown as Server;
  const inside = { ctx, operatorToken: OPERATOR, stopping: () => false } as unknown as Edge['app'];
  server.decorateRequest('principal', null);
  acceptBodies(server as never);
  answerFailures(server as never, ctx);
  openingScope(server as never, { app: inside, keys: makeKeys(inside) }, [importRoutes, operatorRoutes]);
  await server.ready();
  app = { ctx, server, operatorToken: OPERATOR, stop: async () => undefined } as unknown as App;
});
afterAll(async () => {
  await app.server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in this process; answers what it printed. */
async function bailee(command: typeof importCommand, ...args: string[]): Promise<string> {
  const lines: string[] = [];
  const deps = {
    compose: async () => app,
    config: () => ({ ...ctx.config, data: folder }),
    env: {},
    quietLog: () => ctx.log,
    out: (line: string) => lines.push(line),
    err: () => undefined,
    progress: () => undefined,
    exit: () => undefined,
  } as unknown as Deps;
  expect(await command.run(args, deps)).toBe(0);
  return lines.join('\n');
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const MAPPING = `version: 1
rows: order-line
order: { number: Order, at: Date, customer: Customer, country: Country }
line: { product_id: Article, quantity: { column: Pieces, type: integer }, price: Price }
`;
const HEAD = 'Order,Date,Customer,Country,Article,Pieces,Price\n';
const importing = (path: string, mapping: string, ...more: string[]) =>
  bailee(importCommand, path, '--mapping', mapping, '--store', shop.store, '--json', ...more).then(
    JSON.parse,
  );

describe('bailee import', () => {
  it('does what the guide shows', async () => {
    const guide = readFileSync(join(projectRoot(), 'docs/importing.md'), 'utf8');
    const shown = (language: string) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(guide)![1]!;
    const path = file('orders.csv', shown('csv'));
    const mapping = file('orders.yaml', shown('yaml'));
    const said = await bailee(importCommand, path, '--mapping', mapping, '--store', shop.store);
    const timeless = (text: string) => text.trim().replace(/in [\d.]+ s/, 'in 0.3 s');
    expect(timeless(said)).toBe(timeless(shown('text')));
    const report = JSON.parse(
      await bailee(reportCommand, 'orders', '--by', 'country,month', '--store', shop.store, '--json'),
    );
    expect(report.rows).toEqual([
      { country: 'AT', month: '2025-12', currency: 'EUR', orders: 1, lines: 1, amount: '19.20' },
      { country: 'DE', month: '2025-12', currency: 'EUR', orders: 1, lines: 3, amount: '47.00' },
    ]);
  });

  it('reports what a second run finds done, and reads again when told to', async () => {
    const mapping = file('m.yaml', MAPPING);
    const rows = Array.from(
      { length: 2_500 },
      (_, at) => `N${at % 300},2025-01-01,U${at % 300},DE,P${at % 7},1,9.99\n`,
    );
    const path = file('many.csv', HEAD + rows.join(''));
    expect(await importing(path, mapping)).toMatchObject({
      lines: 2_500,
      skipped: 0,
      stored: 2_500,
      duplicates: 0,
    });
    expect(await importing(path, mapping)).toMatchObject({
      lines: 2_500,
      skipped: 2_500,
      stored: 0,
      duplicates: 0,
      whole: { stored: 2_500 },
    });
    expect(await importing(path, mapping, '--again')).toMatchObject({
      lines: 2_500,
      skipped: 0,
      stored: 0,
      duplicates: 2_500,
    });
  });

  it('goes on where a run was stopped, with the same numbers for equal rows', async () => {
    const mapping = file('m.yaml', MAPPING);
    const rows = Array.from({ length: 5_000 }, () => 'X1,2025-01-01,U1,DE,P1,1,0.01\n');
    const path = file('stopped.csv', HEAD + rows.join(''));
    const { inject } = app.server;
    let requests = 0;
    const dying = new Proxy(app.server, {
      get: (target, name) =>
        name === 'inject'
          ? (...args: Parameters<typeof inject>) => {
              requests += 1;
              if (requests === 3) throw new Error('stopped');
              return target.inject(...args);
            }
          : Reflect.get(target, name),
    });
    const whole = app;
    app = { ...app, server: dying };
    await expect(importing(path, mapping)).rejects.toThrow('stopped');
    app = whole;
    expect(await importing(path, mapping)).toMatchObject({
      lines: 5_000,
      skipped: 2_000,
      stored: 3_000,
      whole: { stored: 5_000, duplicates: 0 },
    });
  });

  it('brings back nothing of an erased customer, not even by another file', async () => {
    const mapping = file('m.yaml', MAPPING);
    const first = `${HEAD}E1,2025-01-01,erased-one,DE,P1,1,5\nE2,2025-01-01,,DE,P1,1,5\n`;
    await importing(file('e1.csv', first), mapping);
    const actor = {
      type: 'api-key',
      id: shop.ids.get(shop.apiKeys['privacy-officer'])!,
      store: shop.store,
      role: 'privacy-officer',
    } as const;
    const evidence = { reason: 'the customer asked' };
    for (const number of ['E1', 'E2']) {
      const customers = await find(ctx, {
        actor,
        identifier: { kind: 'order', value: number },
        purpose: 'legal-duty',
        evidence,
      });
      await erase(ctx, { actor: { type: 'operator' }, customer: customers[0]!.id, evidence });
    }
    const more = `${first}E1,2025-01-02,erased-one,DE,P2,1,5\nE3,2025-01-02,erased-one,DE,P2,1,5\nE2,2025-01-02,,DE,P2,1,5\nE1,soon,erased-one,DE,P2,1,5\n`;
    expect(await importing(file('e2.csv', more), mapping)).toMatchObject({
      stored: 0,
      duplicates: 0,
      quarantined: 0,
      notCollected: 6,
      notCollectedByReason: { erased: 6 },
    });
  });

  it('takes an administrator of the store, and nobody else', async () => {
    const mapping = file('m.yaml', MAPPING);
    const path = file('keys.csv', `${HEAD}K1,2025-01-01,U1,DE,P1,1,5\n`);
    const other = await makeStore(ctx);
    await expect(importing(path, mapping, '--key', shop.apiKeys.support)).rejects.toThrow('forbidden');
    await expect(importing(path, mapping, '--key', shop.serverKey)).rejects.toThrow('forbidden');
    await expect(importing(path, mapping, '--key', other.apiKeys.administrator)).rejects.toThrow('forbidden');
    expect(await importing(path, mapping, '--key', shop.apiKeys.administrator)).toMatchObject({ stored: 1 });
  });

  it('says in a sentence what is wrong with the command or the mapping', async () => {
    const mapping = file('m.yaml', MAPPING);
    const path = file('wrong.csv', 'Order,Date\n1,2025-01-01\n');
    await expect(bailee(importCommand)).rejects.toThrow('Name one file');
    await expect(bailee(importCommand, path)).rejects.toThrow('customers, online-retail');
    await expect(importing(path, 'no-such')).rejects.toThrow('There is no ready mapping no-such.');
    await expect(importing(path, join(folder, 'none.yaml'))).rejects.toThrow('cannot be read');
    await expect(importing(path, mapping)).rejects.toThrow(
      'm.yaml:3:45 order.customer: the file has no column "Customer".',
    );
    await expect(importing(path, file('bad.yaml', 'version: 1\n'))).rejects.toThrow(
      'bad.yaml:1:1: "rows" is missing.',
    );
  });
});
