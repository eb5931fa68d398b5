/** The law of where a customer lives, from the first message to an opening. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choose } from '../../src/collect/choose.ts';
import { currentNotice } from '../../src/consent/notice.ts';
import { lawInForce, packsOfBailee } from '../../src/edge/cli/packs.ts';
import { ask } from '../../src/gate/ask.ts';
import type { LawInForce } from '../../src/gate/context.ts';
import { open } from '../../src/gate/open.ts';
import { termsOf } from '../../src/gate/terms-of.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { bought, chose, identify, shop, viewed } from '../kit/shop.ts';

const CONFIG = {
  law: 'bailee',
  strictest: null,
  balancing: new Map([['fraud-prevention', '9999-12-31']]),
  optOut: ['advertising'],
  softOptIn: false,
};
const PEOPLE = { de: 'DE', cn: 'CN', ca: 'US', nowhere: null } as const;

let ctx: TestGate & { readonly law: LawInForce };
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let folder: string;
beforeAll(async () => {
  const gate = await testGate();
  ctx = { ...gate, law: lawInForce({ ...gate.config, ...CONFIG })! };
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  folder = mkdtempSync(join(tmpdir(), 'bailee-packs-'));
  for (const [userId, country] of Object.entries(PEOPLE))
    await server.send(
      identify(userId, {
        traits: {
          name: `Name of ${userId}`,
          ...(country === null ? {} : { address: { country, ...(userId === 'ca' ? { state: 'CA' } : {}) } }),
        },
      }),
      bought({ userId }, `order-${userId}`),
    );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function regionOf(userId: string): Promise<string | null> {
  const { rows } = await ctx.db.query<{ region: string | null }>({
    text: 'SELECT region FROM bailee.customer WHERE id = $1',
    values: [await server.idOf('userId', userId)],
  });
  return rows[0]!.region;
}

async function fraudFor(userId: string) {
  return open(ctx, {
    actor: store.actor('security'),
    customer: await server.idOf('userId', userId),
    purpose: 'fraud-prevention',
    fields: ['identity.name'],
    evidence: { order: `order-${userId}` },
  });
}

async function mayAdvertise(userId: string, gate: TestGate = ctx): Promise<readonly string[]> {
  const customers = [await server.idOf('userId', userId)];
  const [answer] = await ask(gate, {
    actor: store.actor('privacy-officer'),
    customers,
    purpose: 'advertising',
  });
  return answer!.because.map(({ rule }) => rule);
}

describe('the region of a customer', () => {
  it('is the country, and in the United States the state, of the address', async () => {
    expect(await Promise.all(Object.keys(PEOPLE).map(regionOf))).toEqual(['DE', 'CN', 'US-CA', null]);
  });

  it('follows a new address, and where an order goes', async () => {
    await server.send(identify('mover', { traits: { address: { country: 'DE' } } }));
    expect(await regionOf('mover')).toBe('DE');
    await server.send(identify('mover', { traits: { address: { country: 'France' } } }));
    expect(await regionOf('mover')).toBe('FR');
    await server.send(bought({ userId: 'buyer' }, 'o-buyer', { shipping: { country: 'JP' } }));
    expect(await regionOf('buyer')).toBe('JP');
  });

  it('is never told by a browser, whose word must not choose the law', async () => {
    const browser = shop(ctx, store.browser);
    const location = { country: 'US' };
    await browser.send({
      ...chose({ anonymousId: 'device-1' }, { analytics: true }),
      context: { location, consent: { categoryPreferences: { analytics: true } } },
    });
    const id = await server.idOf('anonymousId', 'device-1');
    const { rows } = await ctx.db.query({
      text: 'SELECT region FROM bailee.customer WHERE id = $1',
      values: [id],
    });
    expect(rows).toEqual([{ region: null }]);
  });
});

describe('an opening', () => {
  it('for fraud prevention rests on a balanced interest in Germany', async () => {
    expect((await fraudFor('de')).fields['identity.name']?.state).toBe('revealed');
  });

  it('for fraud prevention stays shut in China, which knows no such interest, and where nobody knows the region', async () => {
    for (const userId of ['cn', 'nowhere']) {
      const { fields } = await fraudFor(userId).catch((error: unknown) => ({ fields: { refused: error } }));
      expect(JSON.stringify(fields)).not.toContain('Name of');
      expect(Object.values(fields).every((field) => (field as { state?: string }).state !== 'revealed')).toBe(
        true,
      );
    }
  });

  it('without a current balancing record stays shut in Germany too', async () => {
    const stale = { ...ctx, law: { ...ctx.law, balancing: new Map() } };
    const customers = [await server.idOf('userId', 'de')];
    const [answer] = await ask(stale, {
      actor: store.actor('security'),
      customers,
      purpose: 'fraud-prevention',
    });
    expect(answer).toMatchObject({ allowed: false, because: [{ rule: 'balancing.missing' }] });
  });
});

describe('advertising without a choice', () => {
  it('is shut in Germany, and where the region is not known', async () => {
    expect(await mayAdvertise('de')).toEqual(['choice.absent']);
    expect(await mayAdvertise('nowhere')).toEqual(['choice.absent']);
  });

  it('is shut for a Californian of a German shop: the law of the shop holds as well', async () => {
    expect(await mayAdvertise('ca')).toEqual(['choice.absent']);
  });

  it('without packs is shut everywhere', async () => {
    const { law: _law, ...bare } = ctx;
    expect(await mayAdvertise('ca', bare)).toEqual(['choice.absent']);
  });
});

describe('collecting', () => {
  const stored = async (gate: typeof ctx, userId: string) => {
    return (await shop(gate, american.server).send(viewed({ userId }))).accepted;
  };
  let american: Awaited<ReturnType<typeof testStore>>;
  beforeAll(async () => {
    american = await testStore(ctx);
    await ctx.db.query({
      text: "UPDATE bailee.store SET country = 'US' WHERE id = $1",
      values: [american.id],
    });
    american = { ...american, server: { ...american.server, country: 'US' } };
    const own = shop(ctx, american.server);
    await own.send(identify('cal', { traits: { address: { country: 'US', state: 'CA' } } }));
    await own.send(identify('eva', { traits: { address: { country: 'DE' } } }));
  });

  it('takes the view of a Californian who was not asked, where the shop uses the opt-out, and not that of a German', async () => {
    const using = (optOut: readonly string[]) => ({
      ...ctx,
      law: lawInForce({ ...ctx.config, ...CONFIG, optOut })!,
    });
    expect(await stored(using(['analytics']), 'cal')).toBe(1);
    expect(await stored(using(['analytics']), 'eva')).toBe(0);
    expect(await stored(using([]), 'cal')).toBe(0);
  });
});

describe('the terms of a notice', () => {
  const asked = (region: string | null, country: string) => termsOf(ctx, region, country);

  it('follow the packs: consent in Japan, where data goes to others; the law of the shop beside that of the visitor', () => {
    expect(termsOf({ clock: ctx.clock }, 'JP', 'JP').model).toBe('notice-only');
    expect(asked('JP', 'JP')).toMatchObject({ model: 'opt-in', regimes: ['JP-APPI'] });
    expect(asked('US-VA', 'US')).toMatchObject({ model: 'opt-out' });
    expect(asked('US-VA', 'DE')).toMatchObject({
      model: 'opt-in',
      regimes: expect.arrayContaining(['EU-GDPR']),
    });
    expect(asked('za', 'ZA').regimes).toContain('ZA-POPIA');
  });

  it('never ask less than the built-in rows', () => {
    expect(asked('CN', 'CN')).toMatchObject({
      form: 'list',
      separate: ['advertising', 'partner-sharing'],
      askAgainAfterDays: 366,
    });
    expect(asked('FR', 'FR').grantLastsDays).toBe(184);
    expect(asked('IT', 'IT').askAgainAfterDays).toBe(184);
    expect(asked(null, 'US').model).toBe('opt-in');
  });

  it('stand with a choice that was made on them', async () => {
    const fingerprint = asked('JP', 'DE').fingerprint;
    const { version, language } = await currentNotice(ctx, store.id, 'en');
    const made = await choose(ctx, {
      source: store.browser,
      who: { kind: 'anonymousId', value: 'device-jp' },
      choices: { analytics: true },
      region: 'JP',
      notice: { version, language },
    });
    expect(JSON.stringify(made.receipt)).toContain(fingerprint);
    expect(JSON.stringify(made.receipt)).toContain('JP-APPI');
  });
});

describe('a reload', () => {
  it('of a faulty pack leaves the packs that were in force', () => {
    const pack = `pack: own
regimes: { OWN: { name: Own, territory: [DE], reach: [residence], general: true } }
facts:
  - { fact: a, topic: age.consent, of: consent, value: { under: 18 }, says: x, unit: years, citation: Act, confidence: verified-primary }
`;
    const file = join(folder, 'own.yaml');
    writeFileSync(file, pack);
    const law = lawInForce({ ...ctx.config, ...CONFIG, law: folder, strictest: ['OWN'] })!;
    const parentUnder = () => law.book().rulesFor({ customer: 'DE', store: null }, '2026-11-22').parentUnder;
    expect(parentUnder()).toBe(18);
    writeFileSync(file, pack.replace('citation: Act, ', ''));
    expect(() => law.reload()).toThrow(/own.yaml:4: citation is missing/);
    expect(parentUnder()).toBe(18);
    writeFileSync(file, pack.replace('under: 18', 'under: 12'));
    law.reload();
    expect(parentUnder()).toBe(12);
  });

  it('refuses a stand-in for unknown regions that no pack holds', () => {
    expect(() =>
      lawInForce({ ...ctx.config, ...CONFIG, law: packsOfBailee(), strictest: ['ATLANTIS'] }),
    ).toThrow(/ATLANTIS/);
  });
});
