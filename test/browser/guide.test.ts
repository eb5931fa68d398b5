/** The examples of the browser guide, each as a page in a browser: they print what stands beside them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksIn } from '../docs/library.ts';
import { hasBrowser, type ShopPages, shopPages } from '../kit/browser.ts';

const present = hasBrowser();

const GUIDE = 'docs/browser.md';
const blocks = blocksIn(GUIDE);
const examples = blocks.flatMap((block, at) => {
  if (block.mark === null || block.mark === 'answer' || block.mark.place !== 'browser') return [];
  const next = blocks[at + 1];
  return [{ line: block.line, text: block.text, answer: next?.mark === 'answer' ? next.text : '' }];
});

let shop: ShopPages;
beforeAll(async () => {
  if (present) shop = await shopPages();
});

describe.skipIf(!present)('an example of the browser guide', () => {
  it('stands there at all', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  it.each(examples)(
    'at line $line asks before anything else, and prints what it says',
    async ({ text, answer }) => {
      const html = text
        .replaceAll('https://data.shop.example', shop.url)
        .replaceAll('YOUR_BROWSER_KEY', shop.store.browserKey);
      const { page } = await shop.visit({
        page: `<!doctype html><html lang="en"><head><title>Tea</title>${html}</head><body></body></html>`,
        printed: true,
      });
      await page.waitForSelector('#bailee', { state: 'attached' });
      const printed = () => page.evaluate('window.printed.join("\\n")');
      await expect.poll(printed, { timeout: 20_000 }).toBe(answer);
      expect(await page.evaluate('window.faults')).toEqual([]);
    },
  );
});
