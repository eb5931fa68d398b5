/** Advertising tags in a real browser: they hear what the ledger has, and no more. */
import { beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../../src/consent/settings.ts';
import { act, hasBrowser, type ShopPages, shopPages, stored, toggle, type Visit } from '../kit/browser.ts';

const present = hasBrowser();

const vendor = (id: number) => ({
  id,
  name: `vendor ${id}`,
  purposes: [1, 2],
  legIntPurposes: [],
  flexiblePurposes: [],
  specialPurposes: [],
  features: [],
  specialFeatures: [],
  policyUrl: 'https://vendor.example',
});
const numbered = Object.fromEntries(
  Array.from({ length: 11 }, (_, at) => [
    at + 1,
    { id: at + 1, name: '', description: '', descriptionLegal: '', illustrations: [] },
  ]),
);
const tcf = {
  cmpId: 31,
  cmpVersion: 2,
  vendorList: {
    gvlSpecificationVersion: 3,
    vendorListVersion: 100,
    tcfPolicyVersion: 5,
    lastUpdated: '2026-11-01T00:00:00Z',
    purposes: numbered,
    specialPurposes: {},
    features: {},
    specialFeatures: {},
    stacks: {},
    dataCategories: {},
    vendors: { 1: vendor(1), 7: vendor(7) },
  },
};

let shop: ShopPages;
beforeAll(async () => {
  if (present) shop = await shopPages();
});
const turn = (on: boolean) =>
  shop.ctx.db.transaction((tx) => changeSettings(tx, shop.store.store, { tcf: on ? tcf : null, gpp: on }));

interface Heard {
  readonly data: Record<string, never> & {
    readonly eventStatus?: string;
    readonly gdprApplies?: boolean;
    readonly purpose?: { readonly consents: Record<string, boolean> };
    readonly vendor?: Record<
      'consents' | 'disclosedVendors' | 'legitimateInterests',
      Record<string, boolean>
    >;
  };
  readonly success: boolean;
}

/** A tag beside the SDK: asks at once, keeps what it hears. */
const TAG = `<script>
  window.heard = [];
  __tcfapi('ping', 2, (ping) => { window.stub = ping });
  __tcfapi('addEventListener', 2, (data, success) => heard.push({ data: { ...data }, success }));
</script>`;
const heard = (visit: Visit) => visit.run<Heard[]>('heard');
const statuses = async (visit: Visit) => (await heard(visit)).map(({ data }) => data.eventStatus);
const tcData = (visit: Visit) =>
  visit.run<Heard['data']>(`new Promise((resolve) => __tcfapi('getTCData', 2, resolve))`);
const ping = (visit: Visit) =>
  visit.run<Record<string, unknown>>(`new Promise((resolve) => __gpp('ping', resolve))`);
const section = (visit: Visit) =>
  visit.run(`new Promise((resolve) => __gpp('getSection', resolve, 'usnat'))`);
const granted = (of: Record<string, boolean> | undefined) =>
  Object.keys(of ?? {}).filter((id) => of?.[id] === true);
const untilReady = (visit: Visit) =>
  expect.poll(async () => (await ping(visit)).signalStatus, { timeout: 20_000 }).toBe('ready');

describe.skipIf(!present)('IAB TCF in a page', () => {
  const attributes = 'data-iab="tcf" data-region="DE"';

  it('a tag that asks before anything is loaded waits, and hears that nothing was granted', async () => {
    await turn(true);
    const visit = await shop.visit({ attributes, head: TAG });
    expect(await visit.run('stub')).toMatchObject({ cmpLoaded: false, cmpStatus: 'stub' });
    await expect.poll(() => statuses(visit), { timeout: 20_000 }).toEqual(['cmpuishown']);
    const [{ data, success }] = (await heard(visit)) as [Heard];
    expect(success).toBe(true);
    expect([data.gdprApplies, granted(data.purpose?.consents), granted(data.vendor?.consents)]).toEqual([
      true,
      [],
      [],
    ]);
    expect(granted(data.vendor?.disclosedVendors)).toEqual(['1', '7']);
    expect(await stored(visit)).toBe(0);
  });

  it('hears a grant once it is recorded, and no legitimate interest', async () => {
    await turn(true);
    const visit = await shop.visit({ attributes, head: TAG });
    await visit.page.waitForSelector('#bailee section');
    await expect.poll(() => statuses(visit), { timeout: 20_000 }).toEqual(['cmpuishown']);
    await visit.page.click(act('accept'));
    await expect
      .poll(async () => (await statuses(visit)).at(-1), { timeout: 20_000 })
      .toBe('useractioncomplete');
    const data = await tcData(visit);
    expect(granted(data.purpose?.consents)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
      '11',
    ]);
    expect([granted(data.vendor?.consents), granted(data.vendor?.legitimateInterests)]).toEqual([
      ['1', '7'],
      [],
    ]);
    const next = await shop.visit({ attributes, head: TAG, within: visit.context });
    await expect.poll(() => statuses(next), { timeout: 20_000 }).toEqual(['tcloaded']);
  });

  it('a withdrawal that the server has not heard of yet is said as no grant at all', async () => {
    await turn(true);
    const visit = await shop.visit({ attributes, head: TAG });
    await visit.page.click(act('accept'));
    const purposes = async () => granted((await tcData(visit)).purpose?.consents);
    await expect.poll(purposes, { timeout: 20_000 }).toHaveLength(11);
    await visit.page.route('**/v1/consent/choices', (route) => route.abort());
    await visit.page.click(act('reopen'));
    await visit.page.click(toggle('advertising'));
    await visit.page.click(act('save'));
    await expect.poll(purposes, { timeout: 20_000 }).toEqual([]);
  });

  it('a listener that was removed hears no more, and a tag in a frame is answered', async () => {
    await turn(true);
    const visit = await shop.visit({ attributes, head: TAG });
    await expect.poll(() => statuses(visit), { timeout: 20_000 }).toEqual(['cmpuishown']);
    const removed = await visit.run(
      `new Promise((resolve) => __tcfapi('removeEventListener', 2, resolve, heard[0].data.listenerId))`,
    );
    expect(removed).toBe(true);
    const framed = visit.run<
      Record<string, { callId: string; returnValue: object }>
    >(`new Promise((resolve) => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentWindow.addEventListener('message', ({ data }) => resolve(data));
      const script = frame.contentDocument.createElement('script');
      script.text = "if (parent.frames['__tcfapiLocator']) parent.postMessage({ __tcfapiCall: { command: 'getTCData', version: 2, callId: 'a' } }, '*')";
      frame.contentDocument.body.append(script);
    })`);
    expect(await framed).toMatchObject({
      __tcfapiReturn: { callId: 'a', success: true, returnValue: { cmpId: 31 } },
    });
    await visit.page.click(act('refuse'));
    await visit.page.waitForSelector(act('reopen'));
    await expect
      .poll(async () => (await tcData(visit)).eventStatus, { timeout: 20_000 })
      .toBe('useractioncomplete');
    expect(await heard(visit)).toHaveLength(1);
  });

  it('does not apply to visitors from elsewhere', async () => {
    await turn(true);
    const visit = await shop.visit({ attributes: 'data-iab="tcf" data-region="US-CA"', head: TAG });
    await expect.poll(async () => (await heard(visit)).length, { timeout: 20_000 }).toBe(1);
    expect((await heard(visit))[0]?.data.gdprApplies).toBe(false);
  });

  it('is refused to tags where the store did not turn it on, so that none waits for ever', async () => {
    await turn(false);
    const visit = await shop.visit({ attributes, head: TAG });
    await expect.poll(() => heard(visit), { timeout: 20_000 }).toEqual([{ data: {}, success: false }]);
  });
});

describe.skipIf(!present)('IAB GPP in a page', () => {
  const attributes = 'data-iab="gpp" data-region="US-CA"';

  it('says opted out until someone grants, and the change to who listens', async () => {
    await turn(true);
    const head = `<script>window.events = []; __gpp('addEventListener', ({ eventName, data }) => events.push([eventName, data]))</script>`;
    const visit = await shop.visit({ attributes, head });
    expect(await ping(visit)).toMatchObject({ gppVersion: '1.1' });
    await expect.poll(async () => (await ping(visit)).cmpDisplayStatus, { timeout: 20_000 }).toBe('visible');
    expect(await ping(visit)).toMatchObject({ signalStatus: 'not ready', applicableSections: [7] });
    expect(await section(visit)).toMatchObject({ SaleOptOut: 1, TargetedAdvertisingOptOut: 1 });
    await visit.page.click(act('accept'));
    await untilReady(visit);
    expect(await section(visit)).toMatchObject({ SaleOptOut: 2, TargetedAdvertisingOptOut: 2 });
    const events = await visit.run<[string, unknown][]>('events');
    expect(events.slice(-2)).toEqual([
      ['sectionChange', 'usnat'],
      ['signalStatus', 'ready'],
    ]);
    const data = await visit.run(`new Promise((resolve) => __gpp('getGPPData', resolve))`);
    expect(data).toMatchObject({ gppString: expect.stringMatching(/^DB/), sectionList: [7] });
  });

  it('says opted out after a refusal', async () => {
    await turn(true);
    const visit = await shop.visit({ attributes });
    await visit.page.click(act('refuse'));
    await untilReady(visit);
    expect(await section(visit)).toMatchObject({ SaleOptOut: 1, SharingOptOut: 1 });
    expect(await stored(visit)).toBe(0);
  });
});

describe.skipIf(!present)('a page that does not ask for it', () => {
  it('fetches nothing of it, and has none of its names', async () => {
    await turn(true);
    const visit = await shop.visit();
    await visit.page.click(act('accept'));
    await visit.page.waitForFunction(`bailee.allows('analytics')`);
    expect(visit.sent.map(({ path }) => path)).not.toContain('/sdk/iab.js');
    expect(visit.sent.map(({ path }) => path)).not.toContain('/v1/consent/signals');
    expect(await visit.run('[typeof window.__tcfapi, typeof window.__gpp, frames.length]')).toEqual([
      'undefined',
      'undefined',
      0,
    ]);
  });
});
