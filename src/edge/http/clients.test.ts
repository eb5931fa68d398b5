/** Over real sockets: the clients that shops already have, unmodified, and connections that end early. */
import { once } from 'node:events';
import { connect } from 'node:net';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { basic, type TestServer, testServer } from '../../../test/kit/server.ts';
import { gateContext, makeStore, type TestStore } from '../../../test/kit/store.ts';
import type { GateCtx } from '../../gate/context.ts';

let ctx: GateCtx;
let shop: TestStore;
let one: TestServer;
let url: string;
beforeAll(async () => {
  ctx = await gateContext();
  shop = await makeStore(ctx);
  one = await testServer(ctx);
  url = await one.server.listen({ host: '127.0.0.1', port: 0 });
});

async function stored(): Promise<number> {
  const { rows } = await ctx.db.query<{ count: string }>({ text: 'SELECT count(*) FROM bailee.message' });
  return Number(rows[0]!.count);
}

const order = (number: string) => ({
  event: 'Order Completed',
  userId: 'u-1',
  properties: { order_id: number, total: 9.5, currency: 'EUR' },
});

describe('an unmodified client', () => {
  it('of Segment for Node delivers all it was given', async () => {
    const before = await stored();
    const client = new Analytics({ writeKey: shop.serverKey, host: url, flushAt: 7 });
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    client.identify({ userId: 'u-1', traits: { email: 'ann@example.com' } });
    for (let at = 0; at < 20; at += 1) client.track(order(`segment-${at}`));
    await client.closeAndFlush();
    expect(errors).toEqual([]);
    expect(await stored()).toBe(before + 21);
  });

  it('of RudderStack for Node delivers all it was given, packed and mislabelled as it is', async () => {
    const before = await stored();
    const client = new RudderAnalytics(shop.serverKey, { dataPlaneUrl: url, gzip: true, flushAt: 7 });
    for (let at = 0; at < 20; at += 1) client.track(order(`rudder-${at}`));
    await client.flush();
    await expect.poll(stored, { timeout: 20_000 }).toBe(before + 20);
  });
});

describe('a connection', () => {
  it('that breaks off in the middle of a body harms nothing and is no fault of ours', async () => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = `POST /v1/batch HTTP/1.1\r\nHost: shop\r\nAuthorization: ${basic(shop.serverKey)}`;
    socket.write(`${head}\r\nContent-Length: 100\r\n\r\n{"batch":[`);
    await once(socket, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    const refused = () => ctx.metrics.registry.getSingleMetricAsString('bailee_refusals_total');
    await expect.poll(refused).toContain('{code="bad_request"} 1');
    expect(one.log()).not.toContain('a request failed');
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('that was accepted is answered before the server is gone', async () => {
    let release = () => {};
    let taken = () => {};
    const inWork = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: GateCtx = {
      ...ctx,
      db: {
        ...ctx.db,
        transaction: async (work) => {
          taken();
          await held;
          return ctx.db.transaction(work);
        },
      },
    };
    let stopping = false;
    const leaving = await testServer(slow, { stopping: () => stopping });
    const address = await leaving.server.listen({ host: '127.0.0.1', port: 0 });
    const send = () =>
      fetch(`${address}/v1/batch`, {
        method: 'POST',
        headers: { authorization: basic(shop.serverKey) },
        body: JSON.stringify({ batch: [{ type: 'track', messageId: 'm-last', ...order('last') }] }),
      });
    const answer = send();
    await inWork;
    stopping = true;
    expect((await send()).status).toBe(503);
    const closed = leaving.server.close();
    release();
    expect(await (await answer).json()).toMatchObject({ success: true, accepted: 1 });
    await closed;
    await expect(send()).rejects.toThrow();
  });
});
