import { beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../test/kit/erase.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, chose, count, identify, shop } from '../../test/kit/shop.ts';
import { open } from '../gate/open.ts';
import { erase } from './erase.ts';
import { type LiftInput, lift } from './lift.ts';
import { retire } from './retention.ts';

const DAY = 86_400_000;
const REASON = { reason: 'bought again' } as const;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
});

const traits = (id: string) => ({ name: `Name of ${id}`, email: `${id}@example.com` });
async function erased(userId: string): Promise<string> {
  await server.send(
    identify(userId, { anonymousId: `${userId}-phone`, traits: traits(userId) }),
    chose({ userId }, { analytics: true }),
    bought({ userId }, `o-${userId}`),
  );
  const customer = await server.idOf('userId', userId);
  await erase(ctx, { actor: OPERATOR, customer, evidence: { reason: 'asked' } });
  return customer;
}
const back = (userId: string) =>
  server.send(identify(userId, { anonymousId: `${userId}-phone`, traits: traits(userId) }));
const writeKey = (): LiftInput['actor'] => ({ type: 'write-key', id: ctx.random.id(), store: store.id });

describe('a returning buyer', () => {
  it('starts clean once the shop lifts the suppression by any identifier: no choice, no order, no history', async () => {
    const before = await erased('r1');
    expect(await back('r1')).toMatchObject({ accepted: 0 });
    const identifier = { kind: 'email', value: 'R1@example.com' } as const;
    expect(await lift(ctx, { actor: writeKey(), identifier, evidence: REASON })).toEqual({ lifted: true });
    expect(await lift(ctx, { actor: writeKey(), identifier, evidence: REASON })).toEqual({ lifted: false });
    expect(await back('r1')).toMatchObject({ accepted: 1 });
    const now = await server.idOf('userId', 'r1');
    expect(now).not.toBe(before);
    expect(await server.together(now)).not.toContain(before);
    expect(await server.standing(now)).toEqual({});
    await server.send(bought({ userId: 'r1' }, 'o-r1'));
    await expect(
      open(ctx, {
        actor: store.actor('support'),
        customer: now,
        purpose: 'customer-service',
        evidence: { order: 'o-r1' },
      }),
    ).rejects.toMatchObject({ code: 'evidence_mismatch' });
    await expect(
      open(ctx, {
        actor: store.actor('support'),
        customer: before,
        purpose: 'customer-service',
        evidence: { order: 'o-r1' },
      }),
    ).resolves.toMatchObject({ fields: {} });
  });

  it('is let in by the privacy officer or the shop’s server with evidence, and by nobody else', async () => {
    await erased('r2');
    const identifier = { kind: 'userId', value: 'r2' } as const;
    for (const actor of [
      store.actor('support'),
      store.actor('administrator'),
      { type: 'job', name: 'x', store: store.id } as const,
    ])
      await expect(lift(ctx, { actor, identifier, evidence: REASON })).rejects.toMatchObject({
        code: 'forbidden',
      });
    const officer = store.actor('privacy-officer');
    await expect(lift(ctx, { actor: officer, identifier, evidence: null })).rejects.toMatchObject({
      code: 'evidence_required',
    });
    await expect(
      lift(ctx, { actor: officer, identifier: { kind: 'userId', value: 'null' }, evidence: REASON }),
    ).rejects.toMatchObject({ code: 'invalid_identifier' });
    const other = await testStore(ctx);
    const elsewhere = { actor: other.actor('privacy-officer'), identifier, evidence: REASON };
    expect(await lift(ctx, elsewhere)).toEqual({ lifted: false });
    expect(await back('r2')).toMatchObject({ accepted: 0 });
    expect(await lift(ctx, { actor: officer, identifier, evidence: REASON })).toEqual({ lifted: true });
    expect(await back('r2')).toMatchObject({ accepted: 1 });
  });

  it('is not let in together with somebody else who was erased', async () => {
    await erased('r3');
    await erased('r4');
    const identifier = { kind: 'userId', value: 'r3' } as const;
    await lift(ctx, { actor: writeKey(), identifier, evidence: REASON });
    expect(await back('r4')).toMatchObject({ accepted: 0 });
  });

  it('is free again after 400 days, when the suppression itself is forgotten', async () => {
    await erased('r5');
    ctx.clock.advance(399 * DAY);
    expect(await back('r5')).toMatchObject({ accepted: 0 });
    ctx.clock.advance(2 * DAY);
    await retire(ctx);
    expect(await count(ctx, 'bailee.tombstone')).toBe(0);
    expect(await back('r5')).toMatchObject({ accepted: 1 });
  });
});
