/** The browser SDK in a real browser, against a real server. */
import { beforeAll, describe, expect, it } from 'vitest';
import { act, hasBrowser, type ShopPages, shopPages, stored, toggle, type Visit } from '../kit/browser.ts';

const present = hasBrowser();

let shop: ShopPages;
beforeAll(async () => {
  if (present) shop = await shopPages();
});

const paths = ({ sent }: Visit) => sent.map(({ path }) => path);
const events = (visit: Visit) => paths(visit).filter((path) => path === '/v1/batch');
const granted = (visit: Visit, purpose: string) => visit.run<boolean>(`bailee.allows('${purpose}')`);
const untilBanner = ({ page }: Visit) => page.waitForSelector('#bailee section');
const untilAllowed = ({ page }: Visit, purpose: string) =>
  page.waitForFunction(`bailee.allows('${purpose}')`);

/** What stands for a device, as the server knows it. */
async function standing(visit: Visit): Promise<Record<string, string>> {
  const id = await visit.run<string>('bailee.anonymousId()');
  const headers = { 'x-write-key': shop.store.browserKey, 'x-anonymous-id': id };
  const answer = await fetch(`${shop.url}/v1/consent/choices`, { headers });
  return ((await answer.json()) as { choices: Record<string, string> }).choices;
}

describe.skipIf(!present)('before a choice', () => {
  it('nothing is stored and nothing is sent but the question for the notice', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.run(
      `bailee.identify('u-1', { email: 'ann@example.com' }), bailee.track('Product Viewed'), bailee.page()`,
    );
    await visit.page.waitForTimeout(1500);
    expect(paths(visit)).toEqual(['/sdk/bailee.js', '/v1/consent/notice']);
    expect(await stored(visit)).toBe(0);
    expect(await visit.run('bailee.anonymousId()')).toBeNull();
  });

  it('a page that is left sends nothing either', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.run(`bailee.track('Product Viewed')`);
    await visit.page.goto('about:blank');
    await visit.page.waitForTimeout(300);
    expect(events(visit)).toEqual([]);
  });

  it('a key pressed while the page loads grants nothing', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.keyboard.press('Enter');
    await visit.page.keyboard.press('Space');
    expect(await visit.page.$('#bailee section')).not.toBeNull();
    expect(paths(visit)).not.toContain('/v1/consent/choices');
  });
});

describe.skipIf(!present)('a refusal', () => {
  it('stores nothing, names nobody, and is not asked again on the next page, in any language', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.run(`bailee.track('Product Viewed')`);
    await visit.page.click(act('refuse'));
    await visit.page.waitForSelector(act('reopen'));
    await expect.poll(() => paths(visit).filter((path) => path === '/v1/consent/notice').length).toBe(2);
    expect(visit.sent.find(({ path }) => path === '/v1/consent/choices')?.body).not.toContain('anonymousId');
    expect(await stored(visit)).toBe(0);
    for (const language of ['en', 'de']) {
      const next = await shop.visit({ within: visit.context, language });
      await next.page.waitForSelector(act('reopen'));
      expect(await next.page.$('#bailee section')).toBeNull();
      expect(await next.page.getAttribute('#bailee', 'lang')).toBe(language);
      expect(await stored(next)).toBe(0);
    }
    expect(events(visit)).toEqual([]);
  });

  it('looks like acceptance: same size, same colors, same font', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    const looks = (action: string) =>
      visit.run(`(() => {
        const one = document.querySelector('${act(action)}');
        const { backgroundColor, color, font, border, borderRadius, opacity } = getComputedStyle(one);
        const { width, height } = one.getBoundingClientRect();
        return { backgroundColor, color, font, border, borderRadius, opacity, width: Math.round(width), height };
      })()`);
    expect(await looks('refuse')).toEqual(await looks('accept'));
  });
});

describe.skipIf(!present)('a grant', () => {
  it('is recorded before any event leaves, and no event leaves while it is not', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.run(`bailee.track('Product Viewed', { product_id: 'p-1' })`);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await visit.page.route('**/v1/consent/choices', async (route) => {
      await held;
      await route.continue();
    });
    await visit.page.click(act('accept'));
    await visit.page.waitForTimeout(1500);
    expect(events(visit)).toEqual([]);
    expect(await stored(visit)).toBe(0);
    expect(await granted(visit, 'analytics')).toBe(false);
    release();
    await untilAllowed(visit, 'analytics');
    await expect.poll(() => events(visit).length).toBe(1);
    expect(visit.sent.find(({ path }) => path === '/v1/batch')?.body).toContain('p-1');
    expect(await standing(visit)).toMatchObject({ analytics: 'granted' });
  });

  it('that the server does not record is none: nothing is stored and nothing is sent', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.route('**/v1/consent/choices', (route) => route.fulfill({ status: 400, body: '{}' }));
    await visit.run(`bailee.track('Product Viewed')`);
    await visit.page.click(act('accept'));
    await visit.page.waitForTimeout(1500);
    expect(events(visit)).toEqual([]);
    expect(await stored(visit)).toBe(0);
  });

  it('keeps one entry, and its withdrawal reaches the other tabs and leaves nothing', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.click(act('accept'));
    await untilAllowed(visit, 'analytics');
    expect(await visit.run('Object.keys(localStorage)')).toEqual(['bailee']);
    const other = await shop.visit({ within: visit.context });
    await other.page.waitForSelector(act('reopen'));
    expect(await granted(other, 'analytics')).toBe(true);
    const before = await standing(visit);
    expect(before.analytics).toBe('granted');
    const id = await visit.run<string>('bailee.anonymousId()');
    await visit.page.click(act('reopen'));
    await visit.page.click(`dialog ${act('refuse').replace('#bailee ', '')}`);
    await expect.poll(() => granted(other, 'analytics')).toBe(false);
    await expect.poll(() => stored(visit)).toBe(0);
    const headers = { 'x-write-key': shop.store.browserKey, 'x-anonymous-id': id };
    const answer = await fetch(`${shop.url}/v1/consent/choices`, { headers });
    expect(await answer.json()).toMatchObject({ choices: { analytics: 'refused' } });
  });

  it('is withdrawn at once, and a withdrawal that did not reach the server is told again on the next page', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.click(act('accept'));
    await untilAllowed(visit, 'analytics');
    const id = await visit.run<string>('bailee.anonymousId()');
    await visit.page.route('**/v1/consent/choices', (route) => route.abort());
    await visit.page.click(act('reopen'));
    await visit.page.click('#bailee dialog [data-consent-action="refuse"]');
    await expect.poll(() => granted(visit, 'analytics')).toBe(false);
    const before = events(visit).length;
    await visit.run(`bailee.track('Product Viewed')`);
    await visit.page.waitForTimeout(1000);
    expect(events(visit)).toHaveLength(before);
    const next = await shop.visit({ within: visit.context });
    await expect.poll(() => stored(next)).toBe(0);
    const headers = { 'x-write-key': shop.store.browserKey, 'x-anonymous-id': id };
    const answer = await fetch(`${shop.url}/v1/consent/choices`, { headers });
    expect(await answer.json()).toMatchObject({ choices: { analytics: 'refused' } });
  });

  it('of one purpose opens that purpose alone', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.click(act('choose'));
    await visit.page.click(toggle('analytics'));
    await visit.page.click(act('save'));
    await untilAllowed(visit, 'analytics');
    expect(await granted(visit, 'advertising')).toBe(false);
    expect(await standing(visit)).toMatchObject({ analytics: 'granted', advertising: 'refused' });
  });
});

describe.skipIf(!present)('the law of the place', () => {
  it('in China the notice is a list, and accepting all leaves out what needs a consent of its own', async () => {
    const visit = await shop.visit({ attributes: 'data-region="CN"', language: 'zh-CN' });
    await untilBanner(visit);
    expect(await visit.page.$$('#bailee section input[role=switch]')).toHaveLength(4);
    await visit.page.click(act('accept'));
    await untilAllowed(visit, 'analytics');
    expect(await granted(visit, 'advertising')).toBe(false);
    expect(await granted(visit, 'partner-sharing')).toBe(false);
  });

  it('a purpose that needs a consent of its own is granted by its own switch', async () => {
    const visit = await shop.visit({ attributes: 'data-region="CN"', language: 'zh-CN' });
    await untilBanner(visit);
    await visit.page.click(toggle('advertising'));
    await visit.page.click(act('accept'));
    await untilAllowed(visit, 'advertising');
    expect(await granted(visit, 'partner-sharing')).toBe(false);
  });

  it('Global Privacy Control is shown as honored and closes what it names, whatever is pressed', async () => {
    const before = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })`;
    const visit = await shop.visit({ before });
    await untilBanner(visit);
    expect(await visit.page.textContent('#bailee section')).toContain('not to sell or share');
    await visit.page.click(act('accept'));
    await untilAllowed(visit, 'analytics');
    expect(await granted(visit, 'advertising')).toBe(false);
    await visit.page.click(act('reopen'));
    expect(await visit.page.isDisabled(toggle('advertising'))).toBe(true);
    expect(await standing(visit)).toMatchObject({ analytics: 'granted', advertising: 'refused' });
  });
});

describe.skipIf(!present)('with the keyboard alone', () => {
  const focused = (visit: Visit) =>
    visit.run<string>(
      `document.activeElement.dataset.consentAction ?? document.activeElement.dataset.consentPurpose ?? document.activeElement.localName`,
    );

  it('the first key stop is to refuse, then to accept, then to choose', async () => {
    const visit = await shop.visit({ attributes: 'data-policy=""' });
    await untilBanner(visit);
    const stops: string[] = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await visit.page.keyboard.press('Tab');
      stops.push(await focused(visit));
    }
    expect(stops).toEqual(['refuse', 'accept', 'choose', 'a']);
  });

  it('one may refuse, and the focus stays on the way back', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForSelector(act('reopen'));
    await expect.poll(() => paths(visit).filter((path) => path === '/v1/consent/notice').length).toBe(2);
    expect(await focused(visit)).toBe('reopen');
  });

  it('the panel begins at its heading, keeps the focus inside, and Escape grants nothing', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    for (let stop = 0; stop < 3; stop += 1) await visit.page.keyboard.press('Tab');
    await visit.page.keyboard.press('Enter');
    await visit.page.waitForSelector('dialog[open]');
    expect(await focused(visit)).toBe('h2');
    await visit.page.keyboard.press('Enter');
    const stops: string[] = [];
    for (let stop = 0; stop < 8; stop += 1) {
      await visit.page.keyboard.press('Tab');
      stops.push(await focused(visit));
    }
    const purposes = ['analytics', 'personalization', 'advertising', 'partner-sharing'];
    expect(stops).toEqual(['close', ...purposes, 'refuse', 'accept', 'save']);
    await visit.page.keyboard.press('Escape');
    expect(await visit.page.$('dialog[open]')).toBeNull();
    expect(await focused(visit)).toBe('choose');
    expect(paths(visit)).not.toContain('/v1/consent/choices');
  });

  it('a switch is turned with the space bar, and saved', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    await visit.page.focus(act('choose'));
    await visit.page.keyboard.press('Enter');
    await visit.page.focus(toggle('personalization'));
    await visit.page.keyboard.press('Space');
    await visit.page.focus(act('save'));
    await visit.page.keyboard.press('Enter');
    await untilAllowed(visit, 'personalization');
    expect(await granted(visit, 'analytics')).toBe(false);
  });
});

describe.skipIf(!present)('third parties', () => {
  const body = `<script type="text/plain" data-consent-purpose="analytics">window.measured = true</script>
    <iframe data-consent-purpose="advertising" data-src="about:blank?ad" title="Ad"></iframe>`;

  it('run nothing and load nothing until their purpose is granted', async () => {
    const visit = await shop.visit({ body });
    await untilBanner(visit);
    expect(await visit.run('window.measured')).toBeUndefined();
    await visit.page.click(act('choose'));
    await visit.page.click(toggle('analytics'));
    await visit.page.click(act('save'));
    await visit.page.waitForFunction('window.measured');
    expect(await visit.page.getAttribute('iframe', 'src')).toBeNull();
  });

  it('a script whose purpose is withdrawn is gone: the page is loaded anew without it', async () => {
    const visit = await shop.visit({ body });
    await untilBanner(visit);
    await visit.page.click(act('accept'));
    await visit.page.waitForFunction('window.measured');
    await visit.page.click(act('reopen'));
    const loaded = visit.page.waitForEvent('load');
    await visit.page.click('#bailee dialog [data-consent-action="refuse"]');
    await loaded;
    await visit.page.waitForSelector(act('reopen'));
    expect(await visit.run('window.measured')).toBeUndefined();
    await expect.poll(() => stored(visit)).toBe(0);
  });

  it('Consent Mode says denied before any tag can ask, and granted once it is recorded', async () => {
    const head = `<script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) } gtag('config', 'G-1')</script>`;
    const visit = await shop.visit({ head, attributes: 'data-consent-mode' });
    await untilBanner(visit);
    const said = () =>
      visit.run<[string, string, Record<string, string>][]>('dataLayer.map((command) => [...command])');
    const [first, second] = await said();
    expect(first).toMatchObject([
      'consent',
      'default',
      { ad_storage: 'denied', analytics_storage: 'denied' },
    ]);
    expect(second?.[0]).toBe('config');
    await visit.page.click(act('accept'));
    await untilAllowed(visit, 'analytics');
    expect((await said()).at(-1)).toMatchObject(['consent', 'update', { ad_storage: 'granted' }]);
  });

  it('a page that does not turn Consent Mode on has no such list', async () => {
    const visit = await shop.visit();
    await untilBanner(visit);
    expect(await visit.run('window.dataLayer')).toBeUndefined();
  });
});
