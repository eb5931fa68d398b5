/** What is wrong with a page: by axe, by keyboard, by weight. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const MOST_TABS = 400;

/** All rules, none disabled. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Everything that can be pressed or filled in is reached by Tab, and shows that it is. Radios and tabs are one stop. */
export async function keyboardFaults(page: Page): Promise<string[]> {
  await page.evaluate(MARK);
  const reached = new Set<string>();
  const faint: string[] = [];
  await page.evaluate('document.activeElement instanceof HTMLElement && document.activeElement.blur()');
  for (let tab = 0; tab < MOST_TABS; tab += 1) {
    await page.keyboard.press('Tab');
    const { id, seen, name } = (await page.evaluate(FOCUSED)) as {
      id: string | null;
      seen: boolean;
      name: string;
    };
    if (id === null) continue;
    if (reached.has(id)) break;
    reached.add(id);
    if (!seen) faint.push(`the focus does not show on ${name}`);
  }
  const wanted = (await page.evaluate(WANTED)) as { id: string; name: string }[];
  const missed = wanted.filter(({ id }) => !reached.has(id)).map(({ name }) => `Tab does not reach ${name}`);
  return [...missed, ...faint];
}

const MARK = `(() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  all.forEach((one, at) => one.setAttribute('data-tab', String(at)));
})()`;
const NAME =
  "(one) => one.localName + ' ' + (one.getAttribute('aria-label') ?? one.innerText ?? '').slice(0, 40)";
const FOCUSED = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return { id: null, seen: true, name: '' };
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
  const seen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  return { id: one.getAttribute('data-tab'), seen, name: (${NAME})(one) };
})()`;
const WANTED = `(() => {
  const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible';
  const all = [...document.querySelectorAll('[data-tab]')];
  return all
    .filter((one) => shown(one) && !one.disabled && one.tabIndex >= 0 && one.type !== 'radio')
    .map((one) => ({ id: one.getAttribute('data-tab'), name: (${NAME})(one) }));
})()`;

/** Bytes of script, packed by gzip, that a browser loads to show the first page. */
export async function scriptBytes(page: Page, address: string): Promise<number> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  const scripts = (await page.evaluate(
    "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.js'))",
  )) as string[];
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (script) => {
      const answer = await page.request.get(script, { headers: { 'accept-encoding': 'gzip' } });
      return Number(answer.headers()['content-length'] ?? Number.NaN);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
