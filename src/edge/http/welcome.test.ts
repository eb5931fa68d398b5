import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WELCOME_CSP_STYLE_HASH, type WelcomeInput, welcomeLanguage, welcomePage } from './welcome.ts';
import { CHINESE, ENGLISH } from './welcome-texts.ts';

const ID = '019a9c1e-7b1e-7c3a-9d55-0f3b1c2d4e5f';
const CONTRACT = [{ rule: 'necessary-purpose', source: 'GDPR art. 6(1)(b)' }];

const sample: WelcomeInput = {
  url: 'http://127.0.0.1:4000',
  version: '0.1.0',
  engine: 'pglite',
  lang: 'en',
  demo: {
    store: 'Teahouse & Co.',
    supportKey: 'bk_support_demo',
    privacyOfficerKey: 'bk_officer_demo',
    serverWriteKey: 'ws_demo',
    customer: {
      id: ID,
      userId: 'u-0008',
      email: 'otavio.desouza8@mail.example.com',
      name: 'O••••• d• S••••',
    },
    order: '1236',
    ticket: 'T-572',
  },
  answers: {
    find: {
      customers: [{ id: ID, name: 'O••••• d• S••••', email: 'o•••@m•••.com', phone: '+55 11 ••••• ••30' }],
      opening: { id: '019a9c1f-0000-7000-8000-000000000001', ledgerIndex: 4711 },
    },
    open: {
      fields: {
        'identity.name': { state: 'revealed', value: 'Otávio de Souza', because: CONTRACT },
        'contact.email': { state: 'revealed', value: 'otavio.desouza8@mail.example.com', because: CONTRACT },
        'contact.phone': {
          state: 'masked',
          value: '+55 11 ••••• ••30',
          because: [{ rule: 'support-sees-contact-masked', source: 'GDPR art. 5(1)(c)' }],
        },
        'contact.address': {
          state: 'masked',
          value: { city: 'São Paulo', state: 'SP', country: 'BR' },
          because: [{ rule: 'support-sees-contact-masked', source: 'GDPR art. 5(1)(c)' }],
        },
        'identity.nationalId': {
          state: 'withheld',
          because: [{ rule: 'highly-sensitive-needs-second-approval', source: 'LGPD art. 6(III)' }],
        },
      },
      opening: { id: '019a9c1f-0000-7000-8000-000000000002', ledgerIndex: 4712 },
    },
    erase: null,
    verify: 'ledger   4,713 entries\nroot     pKqf…9w=\nresult   consistent, nothing rewritten',
  },
  links: { openapi: '/openapi.json' },
};

/** Text of the page as a reader sees it. */
function read(html: string): string {
  return html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

const english = welcomePage(sample);
const chinese = welcomePage({ ...sample, lang: 'zh-CN' });
const real = welcomePage({ ...sample, demo: null, answers: null, engine: 'postgres' });

describe('the first page', () => {
  it('leads through find, open, erase and verify, in this order, on the demo’s own data', () => {
    const order = ['id="find"', 'id="open"', 'id="erase"', 'id="verify"'].map((mark) =>
      english.indexOf(mark),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    const text = read(english);
    expect(text).toContain('{"identifier":{"kind":"order","value":"1236"}');
    expect(text).toContain(`curl http://127.0.0.1:4000/api/customers/${ID}/open`);
    expect(text).toContain('npx --no-install bailee verify');
  });

  it('finds, opens and writes a request down with the support key, and erases with the privacy officer’s', () => {
    const text = read(english);
    const part = (from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to));
    expect(text.split('Bearer bk_support_demo')).toHaveLength(4);
    expect(text.split('Bearer bk_officer_demo')).toHaveLength(2);
    expect(part('/erase', 'bailee verify')).toContain('bk_officer_demo');
  });

  it('shows for each field whether it is revealed, masked or withheld, and why', () => {
    const rows = english.match(/<tr role="row"><th scope="row".*?<\/tr>/gs) ?? [];
    expect(rows).toHaveLength(5);
    expect(read(rows[2] ?? '')).toMatch(/contact\.phone\s+masked\s+\+55 11 ••••• ••30.*GDPR art\. 5/s);
    expect(read(rows[4] ?? '')).toMatch(/identity\.nationalId\s+withheld\s+—/);
  });

  it('shows an answer that is no opening as it is', () => {
    const html = welcomePage({
      ...sample,
      answers: { ...sample.answers!, open: { error: { code: 'forbidden' } } },
    });
    expect(read(html)).toContain('"code": "forbidden"');
    expect(html).not.toContain('<table');
  });

  it('says that an erasure is final until someone ran it, and then shows the receipt', () => {
    expect(read(english)).toContain(ENGLISH.notRun);
    const done = welcomePage({ ...sample, answers: { ...sample.answers!, erase: { receipt: 'r-1' } } });
    expect(read(done)).not.toContain(ENGLISH.notRun);
    expect(read(done)).toContain('"receipt": "r-1"');
  });

  it('shows no key of a real store and says how to begin', () => {
    expect(real).not.toMatch(/bk_support_demo|bk_officer_demo|ws_demo/);
    expect(read(real)).toContain('bailee init');
    expect(read(real)).toContain('process.env.BAILEE_WRITE_KEY');
  });

  it('warns of a trial database only where there is one', () => {
    expect(read(english)).toContain('does not wait for the disk');
    expect(read(real)).not.toContain('does not wait for the disk');
  });

  it('lets nothing that a store or customer wrote become markup', () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='x'>{order}`;
    const html = welcomePage({
      ...sample,
      url: `http://x/${evil}`,
      demo: {
        store: evil,
        supportKey: evil,
        privacyOfficerKey: evil,
        serverWriteKey: evil,
        customer: { id: evil, userId: evil, email: evil, name: evil },
        order: evil,
        ticket: evil,
      },
      answers: {
        find: { [evil]: evil },
        open: {
          fields: { [evil]: { state: evil, value: { evil }, because: [{ rule: evil, source: evil }] } },
        },
        erase: [evil],
        verify: evil,
      },
      links: { docs: `/${evil}`, openapi: `/${evil}` },
    });
    expect(html).not.toMatch(/<script|<img|javascript:/i);
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[a-z][^<>]*\son\w+=/i);
  });

  it('keeps a quote inside a shell word', () => {
    const html = welcomePage({ ...sample, demo: { ...sample.demo!, ticket: "T'1" } });
    expect(read(html)).toContain(`--case 'T'\\''1'`);
  });

  it('loads nothing from elsewhere, runs no script and no style but the one whose hash is known', () => {
    for (const html of [english, chinese, real]) {
      expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\sstyle=|\son[a-z]+=/i);
      const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
      expect(`sha256-${createHash('sha256').update(style).digest('base64')}`).toBe(WELCOME_CSP_STYLE_HASH);
    }
  });

  it('names its language, and offers the other', () => {
    expect(english).toContain('<html lang="en">');
    expect(chinese).toContain('<html lang="zh-CN">');
    expect(english).toContain('href="?lang=zh-CN"');
    expect(chinese).toContain('href="?lang=en"');
    expect(read(chinese)).toContain(CHINESE.steps.open.title);
  });

  it('has one first heading, no level left out, and every part labelled', () => {
    for (const html of [english, chinese, real]) {
      const levels = [...html.matchAll(/<h(\d)/g)].map((match) => Number(match[1]));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      expect(levels.every((level, at) => at === 0 || level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
      const ids = new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]));
      for (const [, id] of html.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(id);
    }
  });

  it('links to guides and to the API only when told that they exist', () => {
    expect(english).toContain('href="/openapi.json"');
    const { links: _, ...without } = sample;
    expect(welcomePage(without)).not.toContain('openapi');
  });
});

describe('the language of the first page', () => {
  it('is what the link asks for, before what the browser prefers', () => {
    expect(welcomeLanguage('en', 'zh-CN')).toBe('en');
    expect(welcomeLanguage('zh-CN', 'en')).toBe('zh-CN');
  });

  it('is the known one that the browser prefers, else English', () => {
    expect(welcomeLanguage(undefined, 'fr, zh-CN;q=0.8, en;q=0.5')).toBe('zh-CN');
    expect(welcomeLanguage(undefined, 'zh;q=0.2, en-GB')).toBe('en');
    expect(welcomeLanguage(undefined, 'zh;q=0, de')).toBe('en');
    expect(welcomeLanguage(undefined, undefined)).toBe('en');
  });
});
