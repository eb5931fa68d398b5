import { beforeAll, describe, expect, it } from 'vitest';
import { addMessage } from '../../src/cases/add-message.ts';
import { createCase } from '../../src/cases/create.ts';
import { messageIdOf } from '../../src/cases/mail/message-id.ts';
import { readMail } from '../../src/cases/mail/parse.ts';
import { pollMailbox } from '../../src/cases/mail/poll.ts';
import { receiveMail } from '../../src/cases/mail/receive.ts';
import { sendLetters } from '../../src/cases/mail/send.ts';
import { startBackground } from '../../src/edge/jobs/background.ts';
import { readCase } from '../../src/gate/read-case.ts';
import { erase } from '../../src/rights/erase.ts';
import { takeAnswers } from '../../src/vault/case-mail.ts';
import {
  answer,
  arrives,
  casesOf,
  customerOf,
  entriesOf,
  FROM,
  handOn,
  type MailShop,
  mail,
  mailShop,
  said,
  withFiles,
} from '../kit/case-mail.ts';
import { OPERATOR } from '../kit/erase.ts';
import { everything, openText } from '../kit/everything.ts';
import { DOVECOT_REASON, dovecot } from '../kit/imap.ts';
import { HANDMADE, madeUp } from '../kit/odd-mails.ts';
import { testServer } from '../kit/server.ts';
import { count, identify } from '../kit/shop.ts';
import { Browser, joined } from '../kit/staff.ts';

const MINUTE = 60_000;
const CARD = '4111 1111 1111 1111';

let of: MailShop;
beforeAll(async () => {
  if (dovecot) of = await mailShop();
});

async function caseOf(customer: string, subject = 'Broken kettle') {
  const about = { kind: 'inquiry', channel: 'mail', topic: 'product', subject, text: 'It leaks.' } as const;
  return createCase(of.ctx, { actor: of.support, customer, ...about });
}

const header = (text: string, name: string) =>
  new RegExp(`^${name}:(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(text)?.[1]?.replace(/\s+/g, ' ').trim();

if (!dovecot) console.warn(`mail.test.ts ${DOVECOT_REASON}`);

describe.skipIf(!dovecot)('an answer on a case', () => {
  it('goes to the customer once, in its thread, and the opening of the address is in the ledger', async () => {
    const ana = await customerOf(of, 'ana');
    const item = await caseOf(ana);
    const message = await answer(of, item.id, 'We send a new one.\nSorry!');
    await sendLetters(of.ctx);
    expect(of.smtp.mails).toHaveLength(1);
    const [sent] = of.smtp.mails as [string];
    expect(header(sent, 'To')).toBe('ana@example.com');
    expect(header(sent, 'From')).toBe(`Teahouse <${FROM}>`);
    expect(header(sent, 'Subject')).toBe(`Re: Broken kettle [#${item.number}]`);
    expect(header(sent, 'Message-ID')).toBe(messageIdOf(of.ctx, item.id, message));
    expect(header(sent, 'Message-ID')).toMatch(
      new RegExp(`^<case\\.${item.id}\\.${message}\\.[0-9a-f]{32}@shop\\.example>$`),
    );
    expect(header(sent, 'Content-Type')).toMatch(/^text\/plain/);
    expect(sent).not.toMatch(/^Auto-Submitted:/im);
    expect(sent).toContain('We send a new one.');
    expect(await said(of, item.id)).toMatchObject([{ kind: 'incoming' }, { kind: 'answer', sent: 'sent' }]);
    const opened = (await entriesOf(of, ana)).filter(
      ({ kind, actor }) => kind === 'opening' && (actor as { type: string }).type === 'job',
    );
    expect(opened).toMatchObject([
      {
        actor: { type: 'job', name: 'case-mail' },
        purpose: 'customer-service',
        evidence: { kind: 'case', row: item.id },
        fields: { 'contact.email': 'revealed' },
        case: { row: item.id, answer: message },
      },
    ]);
    expect(await openText(of.ctx)).not.toContain('ana@example.com');
    expect(of.log()).not.toContain('ana@');
  });

  it('is answered by mail into the same case, which is open again; the next answer names that mail', async () => {
    const mia = await customerOf(of, 'mia');
    const item = await caseOf(mia);
    const message = await answer(of, item.id);
    const ours = messageIdOf(of.ctx, item.id, message);
    const id = '<reply.1@mail.example>';
    const reply = {
      from: 'Mia Souza <MIA@example.com>',
      id,
      subject: 'AW: nothing',
      body: 'It came broken.',
    };
    await arrives(of, mail({ ...reply, headers: [`In-Reply-To: ${ours}`, `References: ${ours}`] }));
    expect(await said(of, item.id)).toMatchObject([
      { text: 'It leaks.' },
      { kind: 'answer' },
      { kind: 'incoming', by: null, text: 'It came broken.' },
    ]);
    expect(await casesOf(of, mia)).toMatchObject([{ id: item.id, status: 'open' }]);
    expect(await of.imap.count('INBOX')).toBe(0);
    expect((await of.imap.flags('Bailee-read')).at(-1)).toContain('\\Seen');
    await answer(of, item.id, 'Then we send another.');
    const last = of.smtp.mails.at(-1)!;
    expect(header(last, 'In-Reply-To')).toBe(id);
    expect(header(last, 'References')).toBe(`${ours} ${id}`);
  });

  it('is tried again after 1, 5, 30 and 120 minutes; then it has failed, and the case is open again', async () => {
    const down = 'smtp://127.0.0.1:9';
    const ctx = { ...of.ctx, config: { ...of.ctx.config, smtpUrl: down } };
    const item = await caseOf(await customerOf(of, 'tom'));
    await addMessage(ctx, { actor: of.support, id: item.id, kind: 'answer', text: 'Hello Tom.' });
    await handOn(ctx);
    const before = of.smtp.mails.length;
    for (const rest of [1, 5, 30, 120]) {
      await sendLetters(ctx);
      expect((await said(of, item.id)).at(-1)).toMatchObject({ sent: 'waiting' });
      ctx.clock.advance(rest * MINUTE - 1);
      expect(await dueNow()).toBe(0);
      ctx.clock.advance(1);
      expect(await dueNow()).toBe(1);
    }
    await sendLetters(ctx);
    expect((await said(of, item.id)).at(-1)).toMatchObject({ kind: 'answer', sent: 'failed' });
    expect(await casesOf(of, item.customer)).toMatchObject([{ status: 'open' }]);
    expect(await count(ctx, 'bailee.case_mail')).toBe(0);
    expect(of.smtp.mails).toHaveLength(before);
    expect(of.log()).not.toContain('tom@');
  });

  it('leaves when the mail server is back, and twice under one id at most when a node is killed while it sends', async () => {
    const item = await caseOf(await customerOf(of, 'eva'));
    const { message } = await addMessage(of.ctx, {
      actor: of.support,
      id: item.id,
      kind: 'answer',
      text: 'Hello Eva.',
    });
    await handOn(of.ctx);
    const down = { ...of.ctx, config: { ...of.ctx.config, smtpUrl: 'smtp://127.0.0.1:9' } };
    await sendLetters(down);
    of.ctx.clock.advance(MINUTE);
    const now = new Date(of.ctx.clock.now());
    const until = new Date(now.getTime() + 10 * MINUTE);
    // A node took it, and was killed.
    expect(await takeAnswers(of.ctx.db, { now, until, limit: 5 })).toHaveLength(1);
    const before = of.smtp.mails.length;
    await sendLetters(of.ctx);
    expect(of.smtp.mails).toHaveLength(before);
    of.ctx.clock.advance(10 * MINUTE);
    await sendLetters(of.ctx);
    await sendLetters(of.ctx);
    expect(of.smtp.mails).toHaveLength(before + 1);
    expect(header(of.smtp.mails.at(-1)!, 'Message-ID')).toBe(messageIdOf(of.ctx, item.id, message));
    expect((await said(of, item.id)).at(-1)).toMatchObject({ sent: 'sent' });
  });

  it('says so at once where no address is known, or where the customer may not be written to now', async () => {
    await of.server.send(identify('noaddress', { traits: { name: 'Jo' } }));
    const jo = await caseOf(await of.server.idOf('userId', 'noaddress'));
    const held = await caseOf(await customerOf(of, 'held'));
    await of.ctx.db.query({
      text: 'UPDATE bailee.customer SET restricted_at = $2 WHERE id = $1',
      values: [held.customer, new Date(of.ctx.clock.now())],
    });
    const before = of.smtp.mails.length;
    for (const { id } of [jo, held]) {
      const text = 'Hello.';
      await addMessage(of.ctx, { actor: of.support, id, kind: 'answer', text });
    }
    await handOn(of.ctx);
    await sendLetters(of.ctx);
    expect(of.smtp.mails).toHaveLength(before);
    expect((await said(of, jo.id)).at(-1)).toMatchObject({ sent: 'none' });
    const { rows } = await of.ctx.db.query({
      text: `SELECT sent FROM bailee.case_message WHERE case_id = $1 AND kind = 'answer'`,
      values: [held.id],
    });
    expect(rows).toEqual([{ sent: 'failed' }]);
  });

  it('is not sent to whoever was erased before, and nothing of it is kept', async () => {
    const leo = await customerOf(of, 'leo');
    const item = await caseOf(leo);
    await addMessage(of.ctx, { actor: of.support, id: item.id, kind: 'answer', text: 'Hello Leo.' });
    await handOn(of.ctx);
    const before = of.smtp.mails.length;
    await erase(of.ctx, { actor: OPERATOR, customer: leo, evidence: { reason: 'asked' } });
    await sendLetters(of.ctx);
    expect(of.smtp.mails).toHaveLength(before);
    expect(await count(of.ctx, 'bailee.case_mail')).toBe(0);
  });
});

async function dueNow(): Promise<number> {
  const { rows } = await of.ctx.db.query({
    text: 'SELECT FROM bailee.case_mail WHERE next_at <= $1',
    values: [new Date(of.ctx.clock.now())],
  });
  return rows.length;
}

describe.skipIf(!dovecot)('a mail that comes in', () => {
  it('of somebody unknown becomes a case of a guest, who is then known by the address', async () => {
    await arrives(
      of,
      mail({ from: 'zoe@example.org', subject: 'Do you ship by sea?', body: 'Please tell.' }),
    );
    const zoe = await of.server.idOf('email', 'zoe@example.org');
    const [item] = await casesOf(of, zoe);
    expect(item).toMatchObject({ kind: 'inquiry', channel: 'mail', topic: 'other', status: 'new' });
    const read = await readCase(of.ctx, { actor: of.support, id: item!.id });
    expect(read).toMatchObject({
      subject: { text: 'Do you ship by sea?' },
      messages: [{ text: 'Please tell.' }],
    });
    await answer(of, item!.id, 'We do.');
    expect(header(of.smtp.mails.at(-1)!, 'To')).toBe('zoe@example.org');
    expect(await openText(of.ctx)).not.toContain('zoe@example.org');
  });

  it('names its case by number in the subject, from the address of its customer alone', async () => {
    const kim = await customerOf(of, 'kim');
    const item = await caseOf(kim);
    await arrives(
      of,
      mail({ from: 'kim@example.com', subject: `Kettle [#${item.number}]`, body: 'By number.' }),
      mail({ from: 'mallory@example.org', subject: `Re: [#${item.number}]`, body: 'Send it to me instead.' }),
    );
    expect((await said(of, item.id)).map(({ text }) => text)).toEqual(['It leaks.', 'By number.']);
    const mallory = await of.server.idOf('email', 'mallory@example.org');
    expect(await casesOf(of, mallory)).toHaveLength(1);
  });

  it('is a case of its own when somebody else answers in the thread, or an id of ours was guessed', async () => {
    const noa = await customerOf(of, 'noa');
    const item = await caseOf(noa);
    const message = await answer(of, item.id);
    const ours = messageIdOf(of.ctx, item.id, message);
    const guessed = ours.replace(/\.[0-9a-f]{32}@/, `.${'0'.repeat(32)}@`);
    await arrives(
      of,
      mail({ from: 'eve@example.org', headers: [`In-Reply-To: ${ours}`], body: 'Forged.' }),
      mail({ from: 'noa@example.com', headers: [`In-Reply-To: ${guessed}`], body: 'Guessed.' }),
    );
    expect((await said(of, item.id)).map(({ text }) => text)).toEqual(['It leaks.', 'On its way.']);
    expect(await casesOf(of, await of.server.idOf('email', 'eve@example.org'))).toHaveLength(1);
    expect(await casesOf(of, noa)).toHaveLength(2);
  });

  it('is one message when it comes twice, also when a node was killed before it put it away', async () => {
    const raw = mail({ from: 'ida@example.org', id: '<twice@mail.example>', body: 'Once.' });
    const read = await readMail(Buffer.from(raw), FROM);
    if (typeof read === 'string') throw new Error(read);
    // Committed, and not put away.
    await of.imap.deliver(raw);
    expect(await receiveMail(of.ctx, { id: of.store.id, country: 'DE' }, read.mail)).toBe('stored');
    await arrives(of, raw, raw);
    expect(await casesOf(of, await of.server.idOf('email', 'ida@example.org'))).toHaveLength(1);
    expect(await of.imap.count('INBOX')).toBe(0);
    // Somebody else's mail of the same id is another mail.
    await arrives(of, mail({ from: 'isa@example.org', id: '<twice@mail.example>' }));
    expect(await casesOf(of, await of.server.idOf('email', 'isa@example.org'))).toHaveLength(1);
  });

  it.each([
    ['an auto-reply', ['Auto-Submitted: auto-replied']],
    ['a mass mail', ['Precedence: bulk']],
    ['a mailing list', ['List-Id: <news.example.org>']],
    ['a bounce', ['Return-Path: <>']],
    ['a delivery report', ['Content-Type: multipart/report; boundary=x']],
  ])('makes no case when it is %s', async (_what, headers) => {
    const cases = await count(of.ctx, 'bailee.cases');
    const before = of.smtp.mails.length;
    await arrives(of, mail({ from: 'robot@example.org', headers }), mail({ from: FROM }));
    expect(await count(of.ctx, 'bailee.cases')).toBe(cases);
    expect(await of.server.find('email', 'robot@example.org')).toBeNull();
    expect(await of.imap.count('INBOX')).toBe(0);
    expect(of.smtp.mails).toHaveLength(before);
  });

  it('in HTML becomes plain text', async () => {
    const body = '<p>Hello <b>you</b></p><script>steal()</script><img src="http://127.0.0.1:9/pixel.png">';
    await arrives(of, mail({ from: 'ute@example.org', headers: ['Content-Type: text/html'], body }));
    const [item] = await casesOf(of, await of.server.idOf('email', 'ute@example.org'));
    const text = (await said(of, item!.id))[0]!.text;
    expect(text).toContain('Hello you');
    expect(text).not.toMatch(/<|steal/);
  });

  it('leaves a full card number nowhere: not of subject, text, file name or file', async () => {
    const files = [{ name: `${CARD}.txt`, content: Buffer.from(`Card: ${CARD}\n`), type: 'text/plain' }];
    await arrives(
      of,
      withFiles({ from: 'pia@example.org', subject: `Pay ${CARD}`, text: `With ${CARD}.` }, files),
    );
    const [item] = await casesOf(of, await of.server.idOf('email', 'pia@example.org'));
    expect((await said(of, item!.id))[0]!.text).toContain('1111');
    const all = JSON.stringify(await everything(of.ctx, of.store.id)) + (await openText(of.ctx)) + of.log();
    expect(all).not.toMatch(/4111[ -]?1111[ -]?1111[ -]?1111/);
    expect(all).not.toContain(Buffer.from(CARD).toString('base64').slice(0, 20));
  });

  it('of somebody who was erased makes no case: it waits for a person, and is counted', async () => {
    const max = await customerOf(of, 'max');
    await erase(of.ctx, { actor: OPERATOR, customer: max, evidence: { reason: 'asked' } });
    const [cases, unread] = [await count(of.ctx, 'bailee.cases'), await of.imap.count('Bailee-unread')];
    await arrives(of, mail({ from: 'max@example.com' }));
    expect(await count(of.ctx, 'bailee.cases')).toBe(cases);
    expect(await of.server.find('email', 'max@example.com')).toBeNull();
    expect(await of.imap.count('Bailee-unread')).toBe(unread + 1);
    expect(await of.server.counted('erased', 'mail')).toBe(1);
  });
});

describe.skipIf(!dovecot)('an attachment', () => {
  it('comes back byte for byte through the gate alone, to be saved and never shown', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256));
    const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), bytes]);
    const page = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const files = [
      { name: 'kettle.pdf', content: png, type: 'application/pdf' },
      { name: 'kettle\u202egnp.svg', content: page, type: 'image/png' },
    ];
    await arrives(of, withFiles({ from: 'lea@example.org', text: 'See the photo.' }, files));
    const lea = await of.server.idOf('email', 'lea@example.org');
    const [item] = await casesOf(of, lea);
    const [first] = await said(of, item!.id);
    expect(first!.attachments).toMatchObject([
      { name: 'kettle.pdf', type: 'image/png', bytes: png.length, unsafe: false },
      { type: 'application/octet-stream', unsafe: true },
    ]);
    expect(first!.attachments[1]!.name).not.toContain('\u202e');
    const { server } = await testServer(of.ctx);
    const path = `/api/cases/${item!.id}/attachments/${first!.attachments[0]!.id}`;
    // Of a file there is no masked form, and support sees what customers wrote masked.
    const support = new Browser(server, (await joined(of.ctx, of.store.id, ['support'])).session);
    expect((await support.post(path, {})).json()).toMatchObject({ error: { code: 'forbidden' } });
    const officer = new Browser(server, (await joined(of.ctx, of.store.id, ['privacy-officer'])).session);
    const got = await officer.post(path, {});
    expect(got.statusCode).toBe(200);
    expect(Buffer.compare(got.rawPayload, png)).toBe(0);
    expect(got.headers).toMatchObject({
      'content-disposition': `attachment; filename="attachment-${first!.attachments[0]!.id.slice(-12)}.bin"`,
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const entries = await entriesOf(of, lea);
    const opened = { row: item!.id, attachment: first!.attachments[0]!.id };
    expect(entries.filter((entry) => entry.kind === 'opening').at(-1)).toMatchObject({
      fields: { 'service.caseAttachment': 'revealed' },
      case: opened,
    });
    expect((await officer.get(path)).statusCode).toBe(404);
    expect((await new Browser(server).post(path, {})).statusCode).toBe(401);
    const other = `/api/cases/${item!.id}/attachments/${of.ctx.random.id()}`;
    expect((await officer.post(other, {})).json()).toMatchObject({ error: { code: 'not_found' } });
    expect(await openText(of.ctx)).not.toContain('kettle');
  });
});

describe.skipIf(!dovecot)('mails as nobody should write them', () => {
  it('leave the server up and nothing lost: each lies with what was read or with what a person must look at', async () => {
    const mails = [...HANDMADE, ...madeUp(30)];
    const [read, unread] = [await of.imap.count('Bailee-read'), await of.imap.count('Bailee-unread')];
    for (const each of mails) await of.imap.deliver(each);
    while (await pollMailbox(of.ctx));
    expect(await of.imap.count('INBOX')).toBe(0);
    const [wasRead, left] = [await of.imap.count('Bailee-read'), await of.imap.count('Bailee-unread')];
    expect(wasRead - read + left - unread).toBe(mails.length);
    expect(left - unread).toBeGreaterThan(10);
    const known = (address: string) => of.server.find('email', address);
    // Within the limits they are cases like any other; beyond, nobody is made of them.
    for (const name of ['junk', 'rtl', 'charset', 'refs', 'empty'])
      expect(await known(`${name}@odd.example`), name).not.toBeNull();
    for (const name of ['files', 'a', 'b']) expect(await known(`${name}@odd.example`), name).toBeNull();
    const [turned] = await casesOf(of, (await known('rtl@odd.example'))!);
    const { subject } = await readCase(of.ctx, { actor: of.support, id: turned!.id });
    expect(subject.text).not.toMatch(/[\u202e\u2066]/);
    await arrives(of, mail({ from: 'after@example.org', body: 'Still there?' }));
    expect(await casesOf(of, (await known('after@example.org'))!)).toHaveLength(1);
    expect(of.log()).not.toMatch(/odd\.example|could not be stored/);
  }, 120_000);

  it('larger than 10 MB are not even fetched', async () => {
    const unread = await of.imap.count('Bailee-unread');
    await arrives(
      of,
      mail({ from: 'huge@example.org', body: 'x'.repeat(76).concat('\r\n').repeat(140_000) }),
    );
    expect(await of.imap.count('Bailee-unread')).toBe(unread + 1);
    expect(await of.server.find('email', 'huge@example.org')).toBeNull();
  });
});

describe.skipIf(!dovecot)('the loops of a serving node', () => {
  it('take a mail in and let its answer out', async () => {
    await of.imap.deliver(mail({ from: 'amy@example.org', body: 'By itself.' }));
    const background = await startBackground(of.ctx);
    try {
      await expect.poll(() => of.server.find('email', 'amy@example.org'), { timeout: 20_000 }).not.toBeNull();
      const [item] = await casesOf(of, await of.server.idOf('email', 'amy@example.org'));
      const before = of.smtp.mails.length;
      await addMessage(of.ctx, { actor: of.support, id: item!.id, kind: 'answer', text: 'Yes.' });
      await expect.poll(() => of.smtp.mails.length, { timeout: 20_000 }).toBe(before + 1);
    } finally {
      await background.stop();
    }
    expect(await pollMailbox(of.ctx)).toBe(false);
  });
});
