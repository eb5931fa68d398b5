import { beforeAll, describe, expect, it } from 'vitest';
import { choose, readStanding } from '../../src/collect/choose.ts';
import { open } from '../../src/gate/open.ts';
import { erase } from '../../src/rights/erase.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, chose, count, identify, opened, said, shop, track, viewed } from '../kit/shop.ts';

/**
 * Ten attacks by someone who holds the browser key, as everybody does, knows the victim's userId, e-mail, order
 * and ticket numbers, and guesses message ids. Each fails, and most are counted.
 */
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let attacker: ReturnType<typeof shop>;
const victim = 'victim';
const email = 'victim@example.com';
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  attacker = shop(ctx, store.browser);
  await server.send(
    identify(victim, { anonymousId: 'victims-phone', traits: { name: 'Ana Souza', email } }),
    bought({ userId: victim }, 'order-1'),
    opened({ userId: victim }, 'ticket-1', { order_id: 'order-1' }),
    chose({ userId: victim }, { personalization: false }),
  );
});

async function attacks(kind: string): Promise<number> {
  const { values } = await ctx.metrics.browserAttacks.get();
  return values.find((each) => each.labels.kind === kind)?.value ?? 0;
}

async function profile() {
  const answer = await open(ctx, {
    actor: store.actor('support'),
    customer: await server.idOf('userId', victim),
    purpose: 'customer-service',
    evidence: { case: 'ticket-1' },
  });
  return answer.fields;
}

const name = async () => (await profile())['identity.name']?.value;
const alone = async (device: string) =>
  (await server.together(await server.idOf('anonymousId', device))).size === 1;

describe('a browser key in the wrong hands', () => {
  it('1. merges its device into nobody by naming their userId', async () => {
    await attacker.send(identify(victim, { anonymousId: 'evil-1', traits: { name: 'Mallory' } }));
    expect(await alone('evil-1')).toBe(true);
    expect(await attacks('claimed-customer')).toBe(1);
    expect(await server.counted('claimed-customer')).toBe(1);
  });

  it('2. overwrites no trait of a verified customer', async () => {
    await attacker.send(
      identify(victim, { anonymousId: 'evil-2', traits: { email, name: 'Mallory', phone: '+4930123456' } }),
    );
    expect(await name()).toBe('Ana Souza');
    expect((await profile())['contact.phone']).toBeUndefined();
    expect(await attacks('claimed-customer')).toBe(2);
  });

  it('3. speaks for no user without a device', async () => {
    const answer = await attacker.send(identify(victim), bought({ userId: victim }, 'order-1'));
    expect(answer.quarantined.map((each) => each.code)).toEqual(['not_your_device', 'not_your_device']);
    expect(await attacks('not-your-device')).toBe(2);
  });

  it('4. sends no alias, neither to take a customer over nor in a chain, and joins no group', async () => {
    const answer = await attacker.send(
      { type: 'alias', userId: 'evil', previousId: victim },
      { type: 'alias', userId: victim, previousId: 'evil-4', anonymousId: 'evil-4' },
      { type: 'alias', anonymousId: 'evil-4', previousId: 'victims-phone' },
      { type: 'group', anonymousId: 'evil-4', groupId: 'staff' },
    );
    expect(answer.quarantined.map((each) => each.code)).toEqual(Array(4).fill('not_your_device'));
    expect(await server.find('userId', 'evil')).toBeNull();
    expect(await attacks('not-your-device')).toBe(6);
  });

  it('5. reads and sets no choices of a customer', async () => {
    const asked = { source: store.browser, who: { kind: 'userId', value: victim } } as const;
    await expect(readStanding(ctx, asked)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(choose(ctx, { ...asked, choices: { analytics: true } })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await attacks('choices-of-a-customer')).toBe(2);
    const own = { source: store.browser, who: { kind: 'anonymousId', value: 'victims-phone' } } as const;
    expect((await readStanding(ctx, own)).choices).toEqual({});
  });

  it('6. widens no choice of an account by one of its devices, also where nothing was chosen; it may narrow', async () => {
    const device = { source: store.browser, who: { kind: 'anonymousId', value: 'victims-phone' } } as const;
    const wide = { analytics: true, personalization: true, 'marketing-email': true };
    await choose(ctx, { ...device, choices: wide });
    await attacker.send(
      chose({ anonymousId: 'victims-phone' }, wide),
      viewed({ anonymousId: 'victims-phone' }, said(wide)),
      identify(victim, { anonymousId: 'victims-phone', ...said(wide) }),
    );
    const id = await server.idOf('userId', victim);
    expect(await server.standing(id)).toEqual({ personalization: 'refused' });
    await choose(ctx, { ...device, choices: { advertising: false } });
    expect(await server.standing(id)).toEqual({ personalization: 'refused', advertising: 'refused' });
  });

  it('7. takes no message id away from the shop’s server, and none from another device', async () => {
    const guessed = (id: string) => ({ messageId: `guessed-${id}` });
    await attacker.send(
      viewed({ anonymousId: 'evil-7' }, { ...guessed('1'), ...said({ analytics: true }) }),
      { type: 'nonsense', anonymousId: 'evil-7', ...guessed('2') },
    );
    const answer = await server.send(
      bought({ userId: victim }, 'order-7', {}, guessed('1')),
      bought({ userId: victim }, 'order-8', {}, guessed('2')),
    );
    expect(answer).toMatchObject({ accepted: 2 });
    expect(await server.find('order', 'order-7')).not.toBeNull();
    expect(await server.find('order', 'order-8')).not.toBeNull();
    const before = await count(ctx, 'bailee.event');
    const other = viewed({ anonymousId: 'honest-7' }, { ...guessed('1'), ...said({ analytics: true }) });
    await attacker.send(other);
    await attacker.send(other);
    expect(await count(ctx, 'bailee.event')).toBe(before + 1);
  });

  it('8. takes no order number, ticket number or e-mail address, not even one that is free', async () => {
    const who = { anonymousId: 'evil-8' };
    await attacker.send(
      bought(who, 'order-1', { total: 0 }),
      bought(who, 'order-future'),
      opened(who, 'ticket-1'),
      track('Support Ticket Closed', who, { ticket_id: 'ticket-1' }),
      track('Order Cancelled', who, { order_id: 'order-1' }),
      identify('x', { anonymousId: 'evil-8', traits: { email: 'free@example.com' } }),
    );
    expect(await server.find('order', 'order-future')).toBeNull();
    expect(await server.find('email', 'free@example.com')).toBeNull();
    expect(await server.counted('claimed-order')).toBe(5);
    expect((await profile())['transaction.order']?.value).toMatchObject({ state: 'placed', total: 30 });
    await server.send(bought({ userId: 'later' }, 'order-future'));
    expect(await server.find('order', 'order-future')).toBe(await server.idOf('userId', 'later'));
  });

  it('9. fills no table with names of its own making, and no name with data', async () => {
    for (let from = 0; from < 2400; from += 800)
      await attacker.send(
        ...Array.from({ length: 800 }, (_, at) =>
          track(`made up ${(from + at).toString(36)}`, { anonymousId: 'evil-9' }),
        ),
      );
    expect(await count(ctx, `bailee.uncollected WHERE store_id = $1`, [store.id])).toBeLessThan(2100);
    const { rows } = await ctx.db.query<{ sum: string }>({
      text: `SELECT sum(count) AS sum FROM bailee.uncollected WHERE reason = 'undeclared-event'`,
    });
    expect(Number(rows[0]!.sum)).toBe(2400);
    await attacker.send(track('card 4111111111111111', { anonymousId: 'evil-9' }));
    expect(await server.counted('undeclared-event', '(other)')).toBeGreaterThan(0);
  });

  it('10. learns from no answer whether someone was a customer, or was erased', async () => {
    await server.send(identify('gone', { traits: { email: 'gone@example.com' } }));
    await erase(ctx, {
      actor: OPERATOR,
      customer: await server.idOf('userId', 'gone'),
      evidence: { reason: 'asked' },
    });
    const probe = async (address: string, userId: string) => {
      const faulty = { type: 'nonsense', anonymousId: 'evil-10', traits: { email: address } };
      return attacker.send(faulty, identify(userId, { anonymousId: 'evil-10', traits: { email: address } }));
    };
    const [never, known, gone] = [
      await probe('never@example.com', 'never'),
      await probe(email, victim),
      await probe('gone@example.com', 'gone'),
    ];
    expect(known).toEqual(never);
    expect(gone).toEqual(never);
    const kept = (await everything(ctx, store.id)).filter((each) => each.table === 'quarantine');
    expect(JSON.stringify(kept)).not.toContain('gone@example.com');
  });

  it('leaves the victim as the shop knows them', async () => {
    expect(await name()).toBe('Ana Souza');
    expect((await server.together(await server.idOf('userId', victim))).size).toBe(2);
  });
});
