import { describe, expect, it } from 'vitest';
import { addMessage } from '../../src/cases/add-message.ts';
import { createCase } from '../../src/cases/create.ts';
import { readMail } from '../../src/cases/mail/parse.ts';
import { receiveMail } from '../../src/cases/mail/receive.ts';
import { sendLetters } from '../../src/cases/mail/send.ts';
import { erase } from '../../src/rights/erase.ts';
import { FROM, handOn, mail } from '../kit/case-mail.ts';
import { POSTGRES_REASON, postgres } from '../kit/context.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { mailbox } from '../kit/mailbox.ts';
import { count, identify, shop } from '../kit/shop.ts';
import { joined } from '../kit/staff.ts';

if (postgres === null) console.warn(`mail-races.test.ts ${POSTGRES_REASON}`);

const NODES = 8;
const each = <T>(work: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: NODES }, (_, at) => work(at)));

async function read(text: string) {
  const found = await readMail(Buffer.from(text), FROM);
  if (typeof found === 'string') throw new Error(found);
  return found.mail;
}

async function opened(env: Record<string, string> = {}) {
  const ctx: TestGate = await testGate({
    engine: 'postgres',
    pool: NODES,
    env: { BAILEE_MAIL_FROM: FROM, ...env },
  });
  const store = await testStore(ctx);
  return { ctx, store, own: { id: store.id, country: 'DE' }, server: shop(ctx, store.server) };
}

describe.skipIf(postgres === null)('mails that several nodes take at once', () => {
  it('are one message each, and their sender is one guest', async () => {
    const { ctx, own } = await opened();
    const same = await read(mail({ from: 'ana@example.org', id: '<same@mail.example>' }));
    const became = await each(() => receiveMail(ctx, own, same));
    expect(became.filter((result) => result === 'stored')).toHaveLength(1);
    expect(became.filter((result) => result === 'duplicate')).toHaveLength(NODES - 1);
    const others = await Promise.all(
      Array.from({ length: NODES }, () => read(mail({ from: 'mia@example.org' }))),
    );
    expect(await each((at) => receiveMail(ctx, own, others[at]!))).toEqual(Array(NODES).fill('stored'));
    expect(await count(ctx, 'bailee.customer')).toBe(2);
    expect(await count(ctx, 'bailee.cases')).toBe(NODES + 1);
  });

  it('leave nothing of whoever is erased meanwhile', async () => {
    const { ctx, own, server } = await opened();
    await server.send(identify('leo', { traits: { email: 'leo@example.org' } }));
    const leo = await server.idOf('userId', 'leo');
    const mails = await Promise.all(
      Array.from({ length: NODES }, () => read(mail({ from: 'leo@example.org' }))),
    );
    const [became] = await Promise.all([
      each((at) => receiveMail(ctx, own, mails[at]!)),
      erase(ctx, { actor: OPERATOR, customer: leo, evidence: { reason: 'asked' } }),
    ]);
    for (const result of became) expect(['stored', 'erased']).toContain(result);
    expect(await count(ctx, 'bailee.cases')).toBe(0);
    expect(await server.find('email', 'leo@example.org')).toBeNull();
  });

  it('let an answer out once', async () => {
    const smtp = await mailbox();
    const { ctx, store, server } = await opened({ BAILEE_SMTP_URL: smtp.url });
    await server.send(identify('eva', { traits: { email: 'eva@example.org' } }));
    const { id, session } = await joined(ctx, store.id, ['support']);
    const actor = {
      type: 'person',
      id,
      store: store.id,
      role: 'support',
      session,
      strength: 'stepped-up',
    } as const;
    const about = {
      kind: 'inquiry',
      channel: 'mail',
      topic: 'other',
      subject: 'Tea',
      text: 'Which?',
    } as const;
    const item = await createCase(ctx, { actor, customer: await server.idOf('userId', 'eva'), ...about });
    for (const text of ['One.', 'Two.', 'Three.'])
      await addMessage(ctx, { actor, id: item.id, kind: 'answer', text });
    await handOn(ctx);
    await each(() => sendLetters(ctx));
    expect(smtp.mails).toHaveLength(3);
    expect(await count(ctx, 'bailee.case_mail')).toBe(0);
  });
});
