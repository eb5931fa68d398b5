/** The mailbox of the cases, over IMAP. Mails are taken from it one by one and put away; none is ever deleted. */
import type { ImapFlow } from 'imapflow';
import { isLoopback } from '../../platform/config.ts';

/** What became of a mail is where it then lies. */
export type Folder = 'Bailee-read' | 'Bailee-unread';
const FOLDERS: readonly Folder[] = ['Bailee-read', 'Bailee-unread'];
const ANSWER_WITHIN_MS = 30_000;

export interface MailboxMail {
  /** Counts up within the mailbox. */
  readonly uid: number;
  readonly bytes: number;
}

export interface Mailbox {
  /** The oldest mails in it, up to `most`, without those that are deleted. */
  list(most: number): Promise<MailboxMail[]>;
  /** The mail as it came, its flags untouched; null when it is gone. */
  read(uid: number): Promise<Buffer | null>;
  /** Marks it as seen and moves it. A mail that is gone was put away by another node. */
  putAway(uid: number, folder: Folder): Promise<void>;
  close(): Promise<void>;
}

/** Signs in and opens the mailbox that the address names, `INBOX` by default. Throws what the server says: tell nobody. */
export async function openMailbox(imapUrl: string): Promise<Mailbox> {
  const url = new URL(imapUrl);
  const secure = url.protocol === 'imaps:';
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { ImapFlow: Client } = await import('imapflow');
  const client = new Client({
    host: url.hostname,
    port: Number(url.port) || (secure ? 993 : 143),
    secure,
    // A password crosses no network in the open.
    ...(secure || isLoopback(url.hostname) ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: ANSWER_WITHIN_MS,
    greetingTimeout: ANSWER_WITHIN_MS,
    socketTimeout: ANSWER_WITHIN_MS,
  });
  // What goes wrong between commands shows itself at the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const folder of FOLDERS) await client.mailboxCreate(folder);
    await client.mailboxOpen(decodeURIComponent(url.pathname.slice(1)) || 'INBOX');
  } catch (error) {
    client.close();
    throw error;
  }
  return mailboxOf(client);
}

function mailboxOf(client: ImapFlow): Mailbox {
  return {
    async list(most) {
      const uids = await client.search({ deleted: false }, { uid: true });
      const oldest = (uids || []).sort((a, b) => a - b).slice(0, most);
      if (oldest.length === 0) return [];
      const mails = await client.fetchAll(oldest.join(','), { uid: true, size: true }, { uid: true });
      return mails.map(({ uid, size }) => ({ uid, bytes: size ?? 0 })).sort((a, b) => a.uid - b.uid);
    },
    async read(uid) {
      const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
      return mail === false ? null : (mail.source ?? null);
    },
    async putAway(uid, folder) {
      await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      await client.messageMove(String(uid), folder, { uid: true });
    },
    async close() {
      await client.logout().catch(() => client.close());
    },
  };
}
