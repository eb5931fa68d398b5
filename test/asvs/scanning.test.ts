import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { listCases } from '../../src/cases/list.ts';
import { readMail } from '../../src/cases/mail/parse.ts';
import { receiveMail } from '../../src/cases/mail/receive.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { scan } from '../../src/platform/scanner.ts';
import { withFiles } from '../kit/case-mail.ts';
import { CLAMAV_REASON, clamav, SIGNATURE, startClamav } from '../kit/clamav.ts';
import { type Clamd, clamd, EICAR, HONEST, type Manners } from '../kit/clamd.ts';
import { testServer } from '../kit/server.ts';
import { Browser, joined } from '../kit/staff.ts';
import { gateContext, makeStore } from '../kit/store.ts';

const PLAIN = Buffer.from('A photo of a kettle, let us say.');
const BAD = Buffer.from(`${EICAR}\n`);

async function running(manners: Manners = HONEST, where: 'tcp' | 'unix' = 'tcp'): Promise<Clamd> {
  const one = await clamd(manners, where);
  onTestFinished(() => one.stop());
  return one;
}

describe('the scanner', () => {
  it.each(['tcp', 'unix'] as const)('is asked by INSTREAM over %s, in chunks that end', async (where) => {
    const one = await running(HONEST, where);
    const large = randomBytes(150_000);
    expect(await scan(one.url, large)).toEqual({ kind: 'clean' });
    expect(one.streams).toEqual([[65_536, 65_536, 150_000 - 2 * 65_536]]);
    expect(await scan(one.url, Buffer.alloc(0))).toEqual({ kind: 'clean' });
    const late = Buffer.concat([large, BAD]);
    expect(await scan(one.url, late)).toEqual({ kind: 'infected', name: 'Eicar-Test-Signature' });
  });

  const says = (...parts: string[]): Manners => ({
    answer(socket) {
      for (const part of parts) socket.write(part);
      socket.end();
    },
  });
  it.each<[string, Manners, string]>([
    ['hangs up without a word', says(), 'unreachable'],
    ['breaks off in the middle of its answer', says('stream: OK'), 'unreachable'],
    ['breaks off while it is sent to', { early: true, answer: (socket) => socket.destroy() }, 'unreachable'],
    [
      'says OK before it has all',
      { early: true, answer: (socket) => socket.write('stream: OK\0') },
      'unclear',
    ],
    ['takes no file so large', says('INSTREAM size limit exceeded. ERROR\0'), 'unclear'],
    ['says something else', says('HTTP/1.1 200 OK\r\n\r\n\0'), 'unclear'],
    ['says OK of something else', says('stream: OK but it may be bad\0'), 'unclear'],
    ['says two things', says('stream: OK\0stream: Eicar FOUND\0'), 'unclear'],
    ['talks without an end', { answer: (socket) => socket.write('x'.repeat(100_000)) }, 'unclear'],
    ['never answers', { answer: () => undefined }, 'late'],
  ])('that %s has said nothing: nobody knows', async (_, manners, why) => {
    const one = await running(manners);
    const large = randomBytes(manners.early ? 16_000_000 : 1_000_000);
    const within = why === 'late' ? 300 : 10_000;
    expect(await scan(one.url, large, within)).toEqual({ kind: 'unknown', why });
  });

  it('that answers slowly, byte by byte, has answered; one that takes no bytes is late', async () => {
    const slow = await running({
      answer(socket) {
        const [first = '', ...rest] = 'stream: OK\0';
        socket.write(first);
        for (const [at, sign] of rest.entries()) setTimeout(() => socket.write(sign), at * 5);
      },
    });
    expect(await scan(slow.url, PLAIN)).toEqual({ kind: 'clean' });
    const stuck = await running({ early: true, answer: (socket) => socket.pause() });
    expect(await scan(stuck.url, randomBytes(8_000_000), 300)).toEqual({ kind: 'unknown', why: 'late' });
  });

  it('cannot put words of its own into an answer of ours', async () => {
    const one = await running(says('stream: <b>look here</b>\n{"a":1} FOUND\0'));
    expect(await scan(one.url, PLAIN)).toEqual({ kind: 'unknown', why: 'unclear' });
    const other = await running(says('stream: <b>look here</b> FOUND\0'));
    expect(await scan(other.url, PLAIN)).toEqual({ kind: 'infected', name: 'unnamed' });
  });

  it('that is not there is unreachable, by TCP and by socket', async () => {
    const gone = await clamd();
    await gone.stop();
    for (const url of [gone.url, 'unix:///nowhere/clamd.ctl'])
      expect(await scan(url, PLAIN)).toEqual({ kind: 'unknown', why: 'unreachable' });
  });
});

if (!clamav) console.warn(`scanning.test.ts ${CLAMAV_REASON}`);

describe.skipIf(!clamav)('ClamAV itself', () => {
  it('is understood: what it finds, what it does not, and what it will not take', async () => {
    const real = await startClamav();
    onTestFinished(() => real.stop());
    const large = randomBytes(900_000);
    expect(await scan(real.url, PLAIN)).toEqual({ kind: 'clean' });
    expect(await scan(real.url, large)).toEqual({ kind: 'clean' });
    const found = { kind: 'infected', name: `${SIGNATURE}.UNOFFICIAL` };
    expect(await scan(real.url, BAD)).toEqual(found);
    expect(await scan(real.url, Buffer.concat([large, BAD]))).toEqual(found);
    expect((await scan(real.url, randomBytes(2_000_000))).kind).toBe('unknown');
  });
});

describe('a file that came by mail', () => {
  let ctx: GateCtx;
  let files: ReadonlyMap<string, string>;
  let id: string;
  let officer: Browser;
  let config: { scanner: string | null };
  beforeAll(async () => {
    ctx = await gateContext();
    const { store } = await makeStore(ctx);
    const sent = [
      { name: 'kettle.txt', content: PLAIN },
      { name: 'bill.txt', content: BAD },
    ];
    const raw = withFiles({ from: 'lea@example.org', text: 'See the photo.' }, sent);
    const read = await readMail(Buffer.from(raw), 'service@shop.example');
    if (typeof read === 'string') throw new Error(read);
    expect(await receiveMail(ctx, { id: store, country: 'DE' }, read.mail)).toBe('stored');
    const person = await joined(ctx, store, ['privacy-officer']);
    const { session } = person;
    const actor = { type: 'person', id: person.id, store, role: 'privacy-officer', session } as const;
    const { cases } = await listCases(ctx, { actor: { ...actor, strength: 'stepped-up' } });
    id = cases[0]!.id;
    const node = { ...ctx.config, scanner: null };
    config = node;
    officer = new Browser((await testServer({ ...ctx, config: node })).server, session);
    files = new Map((await shown(null)).map((file) => [file.name, file.id]));
  });

  async function shown(scanner: string | null) {
    config.scanner = scanner;
    const { messages } = (await officer.post(`/api/cases/${id}/read`, {})).json() as {
      messages: { attachments: { id: string; name: string; scan: string }[] }[];
    };
    return messages.flatMap(({ attachments }) => attachments);
  }
  function fetched(name: string, scanner: string | null) {
    config.scanner = scanner;
    return officer.post(`/api/cases/${id}/attachments/${files.get(name)}`, {});
  }
  const counted = async (result: string) =>
    (await ctx.metrics.scans.get()).values.find(({ labels }) => labels.result === result)?.value ?? 0;

  it('is handed out when nothing is found in it, and to nobody when something is', async () => {
    const one = await running();
    const good = await fetched('kettle.txt', one.url);
    expect([good.statusCode, good.rawPayload.equals(PLAIN)]).toEqual([200, true]);
    const bad = await fetched('bill.txt', one.url);
    expect([bad.statusCode, bad.json().error]).toMatchObject([
      409,
      { code: 'attachment_infected', details: { found: 'Eicar-Test-Signature' } },
    ]);
    expect(bad.body).not.toContain('EICAR-STANDARD');
    // Each try asks anew, so that what the scanner learned counts; it saw exactly the files.
    expect(one.streams.flat()).toEqual([PLAIN.length, BAD.length]);
    expect([await counted('clean'), await counted('infected')]).toEqual([1, 1]);
  });

  it('is not handed out while the scanner is away, and is there when it is back', async () => {
    const gone = await clamd();
    await gone.stop();
    for (const name of ['kettle.txt', 'bill.txt']) {
      const answer = await fetched(name, gone.url);
      expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'scan_unavailable']);
      expect(answer.headers['retry-after']).toBe('30');
    }
    expect(await counted('unreachable')).toBe(2);
    const back = await running();
    expect((await fetched('kettle.txt', back.url)).rawPayload.equals(PLAIN)).toBe(true);
  });

  it('says beside its name whether it is scanned', async () => {
    expect(new Set((await shown('tcp://127.0.0.1:1')).map(({ scan }) => scan))).toEqual(
      new Set(['when-opened']),
    );
    expect(new Set((await shown(null)).map(({ scan }) => scan))).toEqual(new Set(['none']));
    // Without a scanner the operator chose to trust the computers that open it.
    expect((await fetched('bill.txt', null)).rawPayload.equals(BAD)).toBe(true);
  });
});
