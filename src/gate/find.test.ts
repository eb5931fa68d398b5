import { beforeAll, describe, expect, it } from 'vitest';
import type { IdentifierKind, Purpose, Role } from '../../contract/names.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, chose, count, identify, opened, shop, track } from '../../test/kit/shop.ts';
import type { Evidence } from './evidence.ts';
import { find } from './find.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  const server = shop(ctx, store.server);
  const traits = { name: 'Ana Souza', email: 'ana@example.com', phone: '+4915112345678' };
  await server.send(identify('ana', { anonymousId: 'phone', traits }), identify('bo'));
  await server.send(
    bought({ userId: 'ana' }, 'o-ana'),
    opened({ userId: 'ana' }, 't-ana'),
    opened({ userId: 'bo' }, 't-bo'),
    opened({ userId: 'bo' }, 't-closed'),
    track('Support Ticket Closed', { userId: 'bo' }, { ticket_id: 't-closed' }),
  );
});

const ask = (
  kind: IdentifierKind,
  value: string,
  evidence: Evidence | null,
  role: Role = 'support',
  purpose: Purpose = 'customer-service',
) => find(ctx, { actor: store.actor(role), identifier: { kind, value }, purpose, evidence });
/** What a caller learns: who it was, or which error. */
const told = (...args: Parameters<typeof ask>) =>
  ask(...args).then(
    (found) => found.length,
    (error: { code: string }) => error.code,
  );

describe('finding', () => {
  it('finds one customer by every identifier, masked, and says which opening that was', async () => {
    const ids = new Set<string>();
    for (const [kind, value] of [
      ['userId', 'ana'],
      ['anonymousId', 'phone'],
      ['email', ' ANA@example.com '],
      ['phone', '+49 1511 2345678'],
      ['order', 'o-ana'],
      ['case', 't-ana'],
    ] as const) {
      const [found] = await ask(kind, value, { case: 't-ana' });
      ids.add(found!.id);
      expect(JSON.stringify(found)).not.toMatch(/Souza|ana@example|12345678/);
      expect(found!.opening.ledgerIndex).toBeGreaterThanOrEqual(0);
    }
    expect(ids.size).toBe(1);
  });

  it('tells nobody who is a customer: to a caller who may not see them the answer is as for no one', async () => {
    for (const [evidence, role] of [
      [{ case: 't-bo' }, 'support'],
      [{ case: 't-closed' }, 'support'],
      [{ case: 'invented' }, 'support'],
      [{ order: 'invented' }, 'support'],
      [{ reason: 'curious' }, 'support'],
      [{ request: 'invented' }, 'support'],
      [null, 'support'],
      [{ case: 't-ana' }, 'analyst'],
      [null, 'auditor'],
      [{ reason: 'curious' }, 'administrator'],
    ] as const)
      expect(await told('email', 'ana@example.com', evidence, role)).toEqual(
        await told('email', 'nobody@example.com', evidence, role),
      );
    expect(await told('email', 'ana@example.com', { case: 't-bo' })).toBe(0);
    expect(await told('email', 'ana@example.com', { case: 'invented' })).toBe('evidence_mismatch');
    expect(await told('email', 'ana@example.com', null, 'auditor')).toBe('forbidden');
  });

  it('by marketing finds those who agreed, and nobody else', async () => {
    const asked = ['email', 'ana@example.com', null, 'marketing', 'marketing-email'] as const;
    expect(await told(...asked)).toBe(0);
    await shop(ctx, store.server).send(chose({ userId: 'ana' }, { 'marketing-email': true }));
    expect(await told(...asked)).toBe(1);
  });

  it('finds nobody of another store by the same identifiers', async () => {
    const other = await testStore(ctx);
    const traits = { email: 'ana@example.com' };
    await shop(ctx, other.server).send(
      identify('ana', { anonymousId: 'phone', traits }),
      bought({ userId: 'ana' }, 'o-ana'),
    );
    const actor = other.actor('support');
    const [there] = await find(ctx, {
      actor,
      identifier: { kind: 'email', value: 'ana@example.com' },
      purpose: 'customer-service',
      evidence: { order: 'o-ana' },
    });
    const [here] = await ask('email', 'ana@example.com', { order: 'o-ana' });
    expect(there!.id).not.toBe(here!.id);
    await expect(
      find(ctx, {
        actor,
        identifier: { kind: 'email', value: 'ana@example.com' },
        purpose: 'customer-service',
        evidence: { case: 't-ana' },
      }),
    ).rejects.toMatchObject({ code: 'evidence_mismatch' });
    expect(await count(ctx, 'bailee.customer WHERE store_id = $1', [other.id])).toBe(2);
  });

  it('refuses what identifies nobody', async () => {
    for (const value of ['', 'null', 'guest', 'x'.repeat(300)])
      expect(await told('userId', value, { case: 't-ana' })).toBe('invalid_identifier');
  });
});
