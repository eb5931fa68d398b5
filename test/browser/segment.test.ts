/** Segment's own client for browsers, as npm has it, against the server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, type ShopPages, shopPages } from '../kit/browser.ts';

const present = hasBrowser();

let shop: ShopPages;
beforeAll(async () => {
  if (present) shop = await shopPages();
});

async function stored(): Promise<number> {
  const { rows } = await shop.ctx.db.query<{ count: string }>({
    text: 'SELECT count(*) FROM bailee.event',
  });
  return Number(rows[0]!.count);
}

describe.skipIf(!present)('the unmodified @segment/analytics-next', () => {
  it('takes its settings from the server, delivers what an order needs, and nothing else of it is stored', async () => {
    const require = createRequire(import.meta.url);
    const script = readFileSync(require.resolve('@segment/analytics-next/dist/umd/index.js'), 'utf8');
    const { page } = await shop.visit({ page: '<!doctype html><title>Tea</title><h1>Tea</h1>' });
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== shop.url && !origin.includes('localhost')) elsewhere.push(origin);
    });
    await page.addScriptTag({ content: script });
    const before = await stored();
    const failed = await page.evaluate(`(async () => {
      const { AnalyticsBrowser } = window.AnalyticsNext;
      const [analytics] = await AnalyticsBrowser.load({ writeKey: '${shop.store.browserKey}', cdnURL: '${shop.url}' });
      const sent = [
        await analytics.track('Checkout Started', { order_id: 'o-1', total: 9.5, currency: 'EUR' }),
        await analytics.track('Product Viewed', { product_id: 'p-1' }),
      ];
      return sent.filter((context) => context.failedDelivery() !== undefined).length;
    })()`);
    expect(failed).toBe(0);
    await expect.poll(stored, { timeout: 30_000 }).toBe(before + 1);
    // What no purpose is open for was taken, counted, and not stored.
    await page.waitForTimeout(500);
    expect(await stored()).toBe(before + 1);
    expect(elsewhere).toEqual([]);
  });
});
