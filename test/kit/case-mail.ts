/** A shop whose cases come and go by mail: a real mailbox, a real mail server, people who answer. */
import { addMessage } from '../../src/cases/add-message.ts';
import { listCases } from '../../src/cases/list.ts';
import { pollMailbox } from '../../src/cases/mail/poll.ts';
import { queueLetter, sendLetters } from '../../src/cases/mail/send.ts';
import type { Person } from '../../src/gate/actor.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { readCase } from '../../src/gate/read-case.ts';
import { makeLog } from '../../src/platform/log.ts';
import { drain } from '../../src/platform/outbox.ts';
import { everything } from './everything.ts';
import { type TestGate, testGate, testStore } from './gate.ts';
import { type ImapServer, imapServer } from './imap.ts';
import { type Mailbox, mailbox } from './mailbox.ts';
import { identify, shop } from './shop.ts';
import { joined } from './staff.ts';

export const FROM = 'service@shop.example';

export interface MailShop {
  readonly ctx: TestGate;
  readonly store: Awaited<ReturnType<typeof testStore>>;
  readonly server: ReturnType<typeof shop>;
  readonly smtp: Mailbox;
  readonly imap: ImapServer;
  readonly support: Person;
  /** All that was logged so far. */
  log(): string;
}

export async function mailShop(env: Record<string, string> = {}): Promise<MailShop> {
  const [smtp, imap] = await Promise.all([mailbox(), imapServer()]);
  const gate = await testGate({
    env: {
      BAILEE_SMTP_URL: smtp.url,
      BAILEE_IMAP_URL: imap.url,
      BAILEE_MAIL_FROM: `Teahouse <${FROM}>`,
      ...env,
    },
  });
  const lines: string[] = [];
  const log = makeLog({ logLevel: 'debug' }, { write: (line: string) => void lines.push(line) });
  const ctx = { ...gate, log };
  const store = await testStore(ctx);
  const { id, session } = await joined(ctx, store.id, ['support']);
  const support = {
    type: 'person',
    id,
    store: store.id,
    role: 'support',
    session,
    strength: 'stepped-up',
  } as const;
  return { ctx, store, server: shop(ctx, store.server), smtp, imap, support, log: () => lines.join('') };
}

/** A customer of the shop with an address. */
export async function customerOf({ server }: MailShop, name: string): Promise<string> {
  await server.send(identify(name, { traits: { name: `${name} Souza`, email: `${name}@example.com` } }));
  return server.idOf('userId', name);
}

/** Answers, and lets the answer leave. */
export async function answer(of: MailShop, id: string, text = 'On its way.'): Promise<string> {
  const { message } = await addMessage(of.ctx, { actor: of.support, id, kind: 'answer', text });
  await handOn(of.ctx);
  await sendLetters(of.ctx);
  return message;
}

export async function handOn(ctx: GateCtx): Promise<void> {
  await drain(ctx, async (tx, { kind, payload }) => {
    if (kind === 'case.answer') await queueLetter(ctx, tx, payload);
  });
}

/** Delivers mails and takes in all that is there. */
export async function arrives(
  { ctx, imap }: MailShop,
  ...mails: readonly (string | Buffer)[]
): Promise<void> {
  for (const mail of mails) await imap.deliver(mail);
  while (await pollMailbox(ctx));
}

export async function said({ ctx, support }: MailShop, id: string) {
  const { messages } = await readCase(ctx, { actor: support, id });
  return messages.filter(({ kind }) => kind !== 'event');
}

export async function casesOf({ ctx, support }: MailShop, customer: string) {
  return (await listCases(ctx, { actor: support, customer, sort: 'created' })).cases;
}

/** Entries about a customer, opened as no interface does. */
export async function entriesOf({ ctx, store }: MailShop, customer: string) {
  const all = await everything(ctx, store.id);
  return all
    .filter((each) => each.table === 'opening' && each.customer === customer)
    .map(({ value }) => (value as { entry: Record<string, unknown> }).entry);
}

export interface Written {
  readonly from: string;
  readonly subject?: string;
  readonly id?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

let count = 0;

/** A mail as a mail program writes it. */
export function mail({
  from,
  subject = 'Hello',
  id,
  headers = [],
  body = 'Where is my parcel?',
}: Written): string {
  count += 1;
  const lines = [
    `From: ${from}`,
    `To: ${FROM}`,
    `Subject: ${subject}`,
    `Message-ID: ${id ?? `<m${count}@mail.example>`}`,
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}\r\n`;
}

/** A mail with files. */
export function withFiles(
  written: Omit<Written, 'body'> & { readonly text: string },
  files: readonly { readonly name: string; readonly content: Buffer; readonly type?: string }[],
): string {
  const parts = files.map(({ name, content, type = 'application/octet-stream' }) =>
    [
      `Content-Type: ${type}`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      content.toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  const all = [`Content-Type: text/plain; charset=utf-8\r\n\r\n${written.text}`, ...parts];
  return mail({
    ...written,
    headers: [
      ...(written.headers ?? []),
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="edge"',
    ],
    body: `${all.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--`,
  });
}
