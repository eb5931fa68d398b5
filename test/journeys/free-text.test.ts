import { beforeAll, describe, expect, it } from 'vitest';
import type { Purpose, Role } from '../../contract/names.ts';
import type { Evidence } from '../../src/gate/evidence.ts';
import { gather } from '../../src/gate/gather.ts';
import { open } from '../../src/gate/open.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { writeValues } from '../../src/vault/write.ts';
import { everything, openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, identify, opened, shop } from '../kit/shop.ts';

const CARD = '4111 1111 1111 1111';
const BODY = `Hello, I am Anna Schmidt, call me at +49 151 12345678. I paid with ${CARD}. The mug arrived broken.`;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let anna: string;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  const traits = { name: 'Anna Schmidt', description: 'Ask for Anna Schmidt at +49 151 12345678' };
  await server.send(
    identify('anna', { traits }),
    bought({ userId: 'anna' }, 'o-1'),
    opened({ userId: 'anna' }, 't-1', { order_id: 'o-1', body: BODY }),
    opened({ userId: 'anna' }, 't-2', { body: 'It arrived broken.' }),
    {
      type: 'track',
      userId: 'anna',
      event: 'Order Completed',
      timestamp: 'no date',
      properties: { remark: `my password is ${'hunter2-correct-horse'} and ${CARD}` },
    },
  );
  anna = await server.idOf('userId', 'anna');
});

const look = async (role: Role, purpose: Purpose, evidence: Evidence) => {
  const { items } = await timeline(ctx, { actor: store.actor(role), customer: anna, purpose, evidence });
  const item = items.find((each) => each.kind === 'case');
  return { value: item?.value as { body?: string; subject?: string } | undefined, texts: item?.texts };
};
const describes = async (role: Role, purpose: Purpose, evidence: Evidence) =>
  (
    await open(ctx, {
      actor: store.actor(role),
      customer: anna,
      purpose,
      evidence,
      fields: ['account.description'],
    })
  ).fields['account.description'];

describe('a ticket with a name, a phone number and a card in its text', () => {
  it('is shown to support with all three masked, and the rest as it was written', async () => {
    const { value, texts } = await look('support', 'customer-service', { case: 't-1' });
    expect(value?.body).toBe(
      'Hello, I am [PERSON 1], call me at [PHONE 1]. I paid with [card 1111]. The mug arrived broken.',
    );
    expect(value?.subject).toBe('Broken');
    expect(texts).toEqual({ subject: 'masked', body: 'masked' });
  });

  it('is shown in the words of the customer to the privacy officer, without the card', async () => {
    const { value, texts } = await look('privacy-officer', 'customer-service', { reason: 'asked' });
    expect(JSON.stringify(value)).not.toContain('@text');
    expect(texts).toBeUndefined();
    const cases = (await everything(ctx, store.id)).filter((each) => each.table === 'cases');
    const bodies = cases.map((each) => (each.value as { body: string }).body);
    expect(bodies).toContain(BODY.replace(CARD, '[card 1111]'));
  });

  it('lies sealed, and its card lies nowhere, sealed or not', async () => {
    expect(await openText(ctx)).not.toMatch(/Anna|12345678|broken/);
    const all = JSON.stringify(await everything(ctx, store.id));
    expect(all).toContain('Anna');
    expect(all).not.toMatch(/4111/);
  });
});

describe('a text', () => {
  it('with nothing personal in it reads the same masked', async () => {
    expect((await look('support', 'customer-service', { case: 't-2' })).value?.body).toBe(
      'It arrived broken.',
    );
  });

  it('that is a field is masked for a role that may only see it masked, and whole for one that may read it', async () => {
    const masked = await describes('order-desk', 'customer-service', { order: 'o-1' });
    const whole = await describes('support', 'customer-service', { case: 't-1' });
    expect(whole).toMatchObject({
      state: 'revealed',
      value: 'Ask for Anna Schmidt at +49 151 12345678',
    });
    expect(masked).toMatchObject({ state: 'masked', value: 'Ask for [PERSON 1] at [PHONE 1]' });
  });

  it('that was stored before anything read it is withheld where it may only be seen masked', async () => {
    await server.send(identify('old'), bought({ userId: 'old' }, 'o-old'));
    const customer = await server.idOf('userId', 'old');
    const receivedAt = ctx.clock.now();
    await ctx.db.transaction(async (tx) => {
      const { ring } = await gather(ctx, tx, [customer], []);
      const field = ctx.catalog.fieldByName.get('account.description')!;
      const value = {
        customer,
        field: field.id,
        retention: field.retention,
        source: 0,
        value: 'Ask for Anna Schmidt',
        occurredAt: receivedAt,
      } as const;
      await writeValues({ ctx, tx, store: store.id, ring, receivedAt, catalogVersion: 1 }, [value]);
    });
    const answer = await open(ctx, {
      actor: store.actor('order-desk'),
      customer,
      purpose: 'customer-service',
      evidence: { order: 'o-old' },
      fields: ['account.description'],
    });
    const field = answer.fields['account.description'];
    expect(field?.state).toBe('withheld');
    expect(field?.value).toBeUndefined();
    expect(field?.because.map((each) => each.rule)).toContain('mask.none-known');
  });

  it('in quarantine lies there without its password and its card', async () => {
    const kept = (await everything(ctx, store.id)).filter((each) => each.table === 'quarantine');
    expect(JSON.stringify(kept)).toContain('my password is [secret] and [card 1111]');
    expect(JSON.stringify(kept)).not.toMatch(/hunter2|4111/);
  });
});
