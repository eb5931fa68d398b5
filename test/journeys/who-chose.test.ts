/** Who chose, and which signal stands: from a choice to what the gate answers. On PostgreSQL where there is one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChooseInput, choose } from '../../src/collect/choose.ts';
import { ask } from '../../src/gate/ask.ts';
import { customerFacts, gather } from '../../src/gate/gather.ts';
import { postgres } from '../kit/context.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { identify, shop } from '../kit/shop.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate({ engine: postgres === null ? 'pglite' : 'postgres' });
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  await server.send(identify('kid'), identify('late'), identify('grown'), identify('gpc'), identify('again'));
});

async function says(userId: string, choices: Record<string, boolean>, more: Partial<ChooseInput> = {}) {
  ctx.clock.advance(1000);
  await choose(ctx, { source: store.server, who: { kind: 'userId', value: userId }, choices, ...more });
}

const parent = { guardian: { verifiedBy: 'signed-form' } };

async function answer(userId: string, purpose: 'personalization' | 'advertising' | 'partner-sharing') {
  const customers = [await server.idOf('userId', userId)];
  const [given] = await ask(ctx, { actor: store.actor('privacy-officer'), customers, purpose });
  return [given!.allowed, given!.because.map(({ rule }) => rule)];
}

async function factsOf(userId: string) {
  const id = await server.idOf('userId', userId);
  return ctx.db.transaction(async (tx) => {
    const { clusters, ring } = await gather(ctx, tx, [id], []);
    return customerFacts(clusters.get(id)!, ring);
  });
}

describe('a child for whom a parent chose', () => {
  it('has what the parent chose, and nothing that the child alone chose', async () => {
    await says('kid', { personalization: true }, parent);
    await says('kid', { advertising: true });
    expect(await factsOf('kid')).toMatchObject({
      chosenBy: { personalization: 'parent', advertising: 'self' },
      childSignal: true,
    });
    expect((await answer('kid', 'personalization'))[0]).toBe(true);
    expect(await answer('kid', 'advertising')).toEqual([false, ['child.parent-needed']]);
  });

  it('cannot undo the no of a parent, and keeps the yes of a parent that it repeats', async () => {
    await says('late', { personalization: true, advertising: false }, parent);
    await says('late', { personalization: true, advertising: true });
    expect((await factsOf('late')).chosenBy).toMatchObject({ advertising: 'self' });
    expect((await answer('late', 'personalization'))[0]).toBe(true);
    expect((await answer('late', 'advertising'))[0]).toBe(false);
  });

  it('stays a child when the yes of the parent has run out', async () => {
    await ctx.db.query({
      text: "UPDATE bailee.choice SET expires_at = '2000-01-01' WHERE guardian IS NOT NULL AND state = 'granted'",
      values: [],
    });
    expect((await factsOf('kid')).childSignal).toBe(true);
    expect((await answer('kid', 'personalization'))[0]).toBe(false);
    expect((await answer('kid', 'advertising'))[0]).toBe(false);
  });

  it('is not taken for one where the customer alone chose', async () => {
    await says('grown', { personalization: true });
    const facts = await factsOf('grown');
    expect([facts.chosenBy, facts.childSignal, facts.optOutSignal]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await answer('grown', 'personalization'))[0]).toBe(true);
  });
});

describe('Global Privacy Control', () => {
  it('shuts advertising and sharing, and the answer names the signal', async () => {
    await says('gpc', { advertising: true, 'partner-sharing': true, personalization: true });
    await says('gpc', { analytics: false }, { gpc: true });
    expect((await factsOf('gpc')).optOutSignal).toBe(true);
    for (const purpose of ['advertising', 'partner-sharing'] as const)
      expect(await answer('gpc', purpose)).toEqual([false, ['choice.refused', 'signal.opt-out']]);
    expect((await answer('gpc', 'personalization'))[0]).toBe(true);
  });

  it('leaves open what the customer chose after it, and nothing else', async () => {
    await says('again', {}, { gpc: true });
    await says('again', { advertising: true });
    expect((await answer('again', 'advertising'))[0]).toBe(true);
    expect((await answer('again', 'partner-sharing'))[0]).toBe(false);
  });
});
