import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';
import type { App, Deps } from './command.ts';
import { runCli } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
const question = join(folder, 'question.json');
let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;
let out: string[];
let err: string[];

beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  writeFileSync(question, '{"kind":"count","of":"customers"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `bailee release` in this process. */
async function bailee(role: 'analyst' | 'privacy-officer', ...args: string[]): Promise<number> {
  [out, err] = [[], []];
  const app = { ctx, server: one.server, operatorToken: 'none', stop: async () => undefined };
  const deps: Deps = {
    compose: async () => app as unknown as App,
    config: () => ({ ...ctx.config, data: folder }),
    env: { BAILEE_API_KEY: shop.apiKeys[role] },
    quietLog: () => ctx.log,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress: () => undefined,
    exit: () => undefined,
  };
  return runCli(['release', ...args], deps);
}

const until = () => new Date(ctx.clock.now() + 86_400_000).toISOString();
const ask = (...more: string[]) =>
  bailee('analyst', 'ask', '--name', 'Buyers', '--purpose', 'analytics', '--question', question, ...more);

describe('releases from the command line', () => {
  it('are refused until a privacy officer sets a budget, which an analyst cannot', async () => {
    expect(await ask('--rho', '0.01', '--until', until())).toBe(1);
    expect(err.join()).toContain('budget_exceeded');
    const limit = ['budget', '--purpose', 'analytics', '--epsilon', '1', '--delta', '1e-6'];
    expect(await bailee('analyst', ...limit)).toBe(1);
    expect(await bailee('privacy-officer', ...limit)).toBe(0);
    expect(out.join()).toMatch(/^analytics: ε 1 at δ 1e-6; ρ 0 of \d+\/\d+ spent$/);
  });

  it('are asked, listed, shown, and free the second time', async () => {
    expect(await ask('--rho', '0.01', '--until', until(), '--json')).toBe(0);
    const made = JSON.parse(out.join('\n')) as { id: string; answer: { value: number } };
    expect(await ask('--rho', '0.01', '--until', until())).toBe(0);
    expect(out).toEqual([
      `Buyers (${made.id})`,
      String(made.answer.value),
      'gaussian noise of size 50; answered before, so free',
    ]);
    expect(await bailee('analyst', 'list')).toBe(0);
    expect(out.join()).toContain(made.id);
    expect(await bailee('analyst', 'show', made.id)).toBe(0);
    expect(out[1]).toBe(String(made.answer.value));
    expect(await bailee('privacy-officer', 'budget')).toBe(0);
    expect(out.join()).toContain('ρ 1/100 of');
  });

  it.each([
    ['without a verb', []],
    ['with a verb that does not exist', ['sell']],
    ['without the release to show', ['show']],
    ['without what it may cost', ['ask', '--name', 'a', '--purpose', 'analytics', '--question', question]],
    [
      'with a question that is not there',
      ['ask', '--rho', '1', '--name', 'a', '--purpose', 'b', '--question', 'none'],
    ],
  ])('%s say what is missing, and do nothing', async (_, args) => {
    expect(await bailee('analyst', ...args)).toBe(2);
    expect(err.join()).not.toBe('');
  });
});
