/** Pictures of pages, and what on a page sticks out. */
import type { Page } from 'playwright-core';

const QUALITY = 62;

/** Elements that stick out of the page, by tag and class. */
const OVERFLOWING = `(() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll('*')].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    const hidden = one.closest('.skip, svg, pre, .shelves, dialog:not([open]), [data-scrolls], .sr-only');
    return width > 0 && !hidden && (left < -1 || right > wide + 1);
  });
  const scrolls = document.documentElement.scrollWidth > wide ? ['html'] : [];
  return [...scrolls, ...out.map((one) => one.localName + '.' + one.className)];
})()`;

/** One sentence for each element that is wider than the page. */
export async function overflowing(page: Page): Promise<string[]> {
  return (await page.evaluate(OVERFLOWING)) as string[];
}

/** As WebP. @param full the whole page, not what is in view alone */
export async function capture(page: Page, full: boolean): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  const clip = { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 };
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    ...(full ? { clip, captureBeyondViewport: true } : {}),
  });
  return Buffer.from(data, 'base64');
}
