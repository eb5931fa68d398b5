import { beforeAll, describe, expect, it } from 'vitest';
import { openText } from '../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { bought, identify, shop } from '../../test/kit/shop.ts';
import { listUndeclared } from './counts.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
});
const suggestionOf = async (name: string) =>
  (await listUndeclared(ctx, store.id)).find((each) => each.name === name)?.suggestion;

describe('the list of what is not declared', () => {
  it('suggests class, sensitivity and mask by what the values are, whatever the name', async () => {
    for (let n = 0; n < 5; n += 1)
      await server.send(
        identify(`u${n}`, {
          traits: { reachMe: `person${n}@example.com`, spareLine: `+49 151 1234567${n}` },
        }),
      );
    expect(await suggestionOf('reachMe')).toMatchObject({
      type: 'EMAIL',
      sampled: 5,
      entry: { class: 'contact', sensitivity: 'ordinary', identifiability: 'direct', mask: 'email' },
    });
    expect(await suggestionOf('spareLine')).toMatchObject({ type: 'PHONE', entry: { mask: 'phone' } });
  });

  it('goes by the name where no value could be looked at, and says so by a lower confidence', async () => {
    await server.send(
      bought({ userId: 'u1' }, 'o-1', { products: [{ name: 'Mug', engraverEmail: 'x@y.de' }] }),
    );
    expect(await suggestionOf('products[].engraverEmail')).toMatchObject({
      type: 'EMAIL',
      sampled: 0,
      confidence: 0.5,
    });
  });

  it('suggests nothing for what holds no personal data, and no entry for what is stored nowhere', async () => {
    await server.send(
      identify('u1', { traits: { shoeSize: '38', payWith: 'card number 4111 1111 1111 1111' } }),
      identify('u2', { traits: { shoeSize: 41, payWith: '5555 5555 5555 4444' } }),
    );
    expect(await suggestionOf('shoeSize')).toBeUndefined();
    expect(await suggestionOf('payWith')).toMatchObject({ type: 'PAYMENT_CARD', entry: null });
  });

  it('keeps names, types and counts, and no value', async () => {
    expect(await openText(ctx)).not.toMatch(/person\d@example|151 1234567|4111 1111|5555 5555/);
    const { rows } = await ctx.db.query<{ reason: string }>({
      text: "SELECT DISTINCT reason FROM bailee.uncollected WHERE reason LIKE 'seen:%'",
      values: [],
    });
    for (const { reason } of rows) expect(reason).toMatch(/^seen:(?:sampled|(?:whole|inside):[A-Z_]+)$/);
  });

  it('looks at no more than fifty values of a name, so that a name sent with every event costs nothing', async () => {
    const people = Array.from({ length: 80 }, (_, n) =>
      identify(`many${n}`, { traits: { buddy: `friend${n}@example.com` } }),
    );
    await server.send(...people);
    const found = (await listUndeclared(ctx, store.id)).find((each) => each.name === 'buddy');
    expect([found?.count, found?.suggestion?.sampled]).toEqual([80, 50]);
  });
});
