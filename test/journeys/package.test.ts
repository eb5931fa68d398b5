/** Issue 5, line 1, below the edge: all that is held is handed out once, with its purpose; after an erasure the holds alone are left. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { Value } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AccessDocument, AccessPackage } from '../../contract/access-package.ts';
import { bindLaw } from '../../src/law/law-book.ts';
import { parsePack } from '../../src/law/parse-pack.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import { signerOf } from '../../src/ledger/signer.ts';
import { signersOf } from '../../src/ledger/verify/note.ts';
import { erase } from '../../src/rights/erase.ts';
import { makePackage } from '../../src/rights/package/make.ts';
import { sweep } from '../../src/rights/sweep.ts';
import { SECTIONS, SUBJECT_MAP } from '../../src/vault/subject-map.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything, openText } from '../kit/everything.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { personOf } from '../kit/people.ts';
import { identify, shop } from '../kit/shop.ts';
import { FORBIDDEN, plantSubject, type Subject } from '../kit/subject.ts';
import { missingFromMap, tablesNaming } from '../kit/subject-tables.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let ana: Subject;
const REQUEST = { request: 'r-1' } as const;
const job = () => ({ type: 'job', name: 'rights-request', store: store.id }) as const;

beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  ana = await plantSubject(ctx, store, 'zqana');
});

async function opened(zip: Promise<Buffer>) {
  const files = unzipSync(await zip);
  const text = (path: string) => Buffer.from(files[path] ?? []).toString('utf8');
  return { files, text, document: JSON.parse(text('data.json')) as AccessDocument };
}

function times(text: string, what: string): number {
  return text.split(what).length - 1;
}

describe('the subject map', () => {
  it('holds every table that names a customer, and no other', async () => {
    expect(await missingFromMap(ctx.db, SUBJECT_MAP)).toEqual([]);
  });

  it('holds every table in which an id of the customer stands, whatever the column is called', async () => {
    const known = new Set(SUBJECT_MAP.map(({ schema = 'bailee', table }) => `${schema}.${table}`));
    const found = await tablesNaming(ctx.db, ana.customer);
    expect(found.filter((table) => !known.has(table))).toEqual([]);
    expect(found.length).toBeGreaterThan(15);
  });

  it('a planted table with a customer column is found, whatever it calls it', async () => {
    const named = ['child uuid', 'customer_id uuid', 'customers uuid[]', 'email_token bytea', 'sealed bytea'];
    await ctx.db.query({ text: `CREATE TABLE bailee.cellar (id uuid, ${named.join(', ')})` });
    expect(await missingFromMap(ctx.db, SUBJECT_MAP)).toEqual(
      named.map((column) => `bailee.cellar.${column.split(' ')[0]} is on no map`),
    );
    await ctx.db.query({ text: 'DROP TABLE bailee.cellar' });
    await ctx.db.query({ text: 'CREATE TABLE bailee.cellar (about jsonb)' });
    await ctx.db.query({
      text: 'INSERT INTO bailee.cellar VALUES ($1)',
      values: [JSON.stringify({ of: ana.customer })],
    });
    expect(await tablesNaming(ctx.db, ana.customer)).toContain('bailee.cellar');
    await ctx.db.query({ text: 'DROP TABLE bailee.cellar' });
  });

  it('a table that is gone, or a column of it, is found on the map', async () => {
    const gone = { ...SUBJECT_MAP[0]!, table: 'attic', names: ['customer_id'] };
    expect(await missingFromMap(ctx.db, [...SUBJECT_MAP, gone])).toEqual([
      'bailee.attic.customer_id is on the map, and not there',
    ]);
  });

  it('shows every section of the package from somewhere', () => {
    const shown = SUBJECT_MAP.flatMap(({ access }) => ('section' in access ? [access.section] : []));
    expect([...new Set(shown)].sort()).toEqual([...SECTIONS].sort());
    for (const section of SECTIONS) expect(Object.keys(AccessPackage.properties)).toContain(section);
  });
});

describe('an access package', () => {
  it('holds each planted value once, with its purpose, and names nobody else', async () => {
    const { document, text, files } = await opened(
      makePackage(ctx, { actor: job(), customer: ana.customer, evidence: REQUEST, language: 'en' }),
    );
    const data = text('data.json');
    const counted = Object.entries(ana.planted).map(([where, value]) => {
      const inFile = Object.entries(files).some(
        ([path, bytes]) => path.startsWith('files/') && Buffer.from(bytes).toString().includes(value),
      );
      return [where, times(data, value) + (inFile ? 1 : 0)];
    });
    expect(counted.filter(([, count]) => count !== 1)).toEqual([]);
    for (const held of [...document.values, ...document.orders, ...document.cases, ...document.events])
      expect(held.purposes.length).toBeGreaterThan(0);
    for (const other of ana.others) expect(data + text('index.html')).not.toContain(other);
    expect(Value.Errors(AccessPackage, document)).toEqual([]);
  });

  it('is signed: whoever has the key finds every file as it was, and a changed one', async () => {
    const { files, text } = await opened(
      makePackage(ctx, { actor: job(), customer: ana.customer, evidence: REQUEST, language: 'zh-CN' }),
    );
    const note = text('signature.txt');
    const end = note.lastIndexOf('\n\n');
    const body = note.slice(0, end + 1);
    const { vkey, name } = signerOf(ctx, 'receipt');
    expect([...signersOf(body, note.slice(end + 2), [vkey])]).toEqual([name]);
    expect(() => signersOf(body.replace('csv', 'cvs'), note.slice(end + 2), [vkey])).toThrow();
    const listed = body
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split('  ') as [string, string]);
    expect(listed.map(([, path]) => path).sort()).toEqual(
      Object.keys(files)
        .filter((path) => path !== 'signature.txt')
        .sort(),
    );
    for (const [hash, path] of listed)
      expect(createHash('sha256').update(files[path]!).digest('hex')).toBe(hash);
  });

  it('describes what a pack forbids to hand out, and what a reason alone does not open', async () => {
    const pack = parsePack(readFileSync('packs/law/us-california.yaml', 'utf8'), 'us-california.yaml');
    const book = bindLaw([pack], undefined, ['US-CA-CCPA']);
    const law = { book: () => book, balancing: new Map(), reload: () => undefined };
    const asked = { customer: ana.customer, language: 'en' };
    const california = await opened(
      makePackage({ ...ctx, law }, { ...asked, actor: job(), evidence: REQUEST }),
    );
    const officer = await personOf(ctx, store.id, 'privacy-officer');
    const reason = await opened(
      makePackage(ctx, { ...asked, actor: officer, evidence: { reason: 'a letter' } }),
    );
    for (const { document, text } of [california, reason])
      for (const where of FORBIDDEN) {
        expect(text('data.json') + text('index.html')).not.toContain(ana.planted[where]);
        const held = document.values.find(({ field }) => field.endsWith(where));
        expect(held).toMatchObject({ value: null, described: expect.stringMatching(/^We hold this\./) });
      }
    expect(california.text('index.html')).toContain('11 CCR 7024(d)');
  });

  it('is for the privacy officer who proved it anew, with evidence, and is recorded before it is made', async () => {
    const asked = { customer: ana.customer, language: 'en', evidence: { reason: 'a letter' } };
    const make = (actor: Parameters<typeof makePackage>[1]['actor'], more = {}) =>
      makePackage(ctx, { ...asked, actor, ...more });
    const [support, weak] = await Promise.all([
      personOf(ctx, store.id, 'support'),
      personOf(ctx, store.id, 'privacy-officer', { strength: 'two-factor' }),
    ]);
    const officer = store.actor('privacy-officer');
    await expect(make(support)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(make(weak)).rejects.toMatchObject({ code: 'step_up_required' });
    await expect(make(officer, { evidence: null })).rejects.toMatchObject({ code: 'evidence_required' });
    await expect(make(officer, { evidence: REQUEST })).rejects.toMatchObject({ code: 'evidence_mismatch' });
    await expect(make(job(), { evidence: null })).rejects.toMatchObject({ code: 'evidence_required' });
    await expect(make(officer, { customer: ctx.random.id() })).rejects.toMatchObject({ code: 'not_found' });
    const { document } = await opened(make(officer));
    const again = await opened(make(officer));
    expect(again.document.openings.map(({ ledgerIndex }) => ledgerIndex)).toContain(
      document.opening.ledgerIndex,
    );
  });

  it('answers a restricted customer, and makes formulas and markup harmless', async () => {
    const hostile = '=HYPERLINK("http://x.example")<script>alert(1)</script>';
    await ctx.db.query({
      text: 'UPDATE bailee.customer SET restricted_at = $2 WHERE id = $1',
      values: [ana.customer, new Date(ctx.clock.now())],
    });
    const { server } = store;
    await shop(ctx, server).send(identify(ana.planted.userId!, { traits: { firstName: hostile } }));
    const { text } = await opened(
      makePackage(ctx, { actor: job(), customer: ana.customer, evidence: REQUEST, language: 'en' }),
    );
    expect(text('index.html')).not.toContain('<script');
    expect(text('index.html')).toContain('&lt;script&gt;');
    expect(text('csv/values.csv')).toContain(`"'=HYPERLINK(""http`);
  });
});

describe('after an erasure', () => {
  it('exactly the holds are left: in the package, in what can be opened, in all that lies open', async () => {
    const erased = await erase(ctx, {
      actor: OPERATOR,
      customer: ana.customer,
      evidence: { reason: 'asked' },
    });
    await sweep(ctx, erased.erasure);
    await sequence(ctx);
    const left = (text: string) => Object.values(ana.planted).filter((value) => text.includes(value));
    const { text, document } = await opened(
      makePackage(ctx, { actor: job(), customer: ana.customer, evidence: REQUEST, language: 'en' }),
    );
    expect(left(text('data.json')).sort()).toEqual([...ana.kept].sort());
    expect(document.about.erased).toBe(true);
    expect([document.values, document.identifiers, document.cases]).toEqual([[], [], []]);
    expect(document.events.map(({ retention }) => retention)).toEqual(['commerce']);
    const stored = await everything(ctx, store.id);
    expect(left(JSON.stringify(stored)).sort()).toEqual([...ana.kept].sort());
    const open = await openText(ctx);
    expect(left(open)).toEqual([ana.planted.tag]);
    for (const { schema = 'bailee', table, names, erased: does } of SUBJECT_MAP) {
      if (!['sweep', 'delete', 'forget'].includes(does.does)) continue;
      // Of what carries its class, the commerce that is kept stays.
      const classed = does.does === 'sweep' && does.classed ? 'AND class <> 2' : '';
      const { rows } = await ctx.db.query({
        text: `SELECT FROM ${schema}.${table} WHERE ${names[0]} = ANY($1) ${classed}`,
        values: [erased.customers],
      });
      expect([table, rows.length]).toEqual([table, 0]);
    }
  });
});
