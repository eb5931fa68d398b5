/** A round at the mailbox: each mail becomes a message of a case, is passed over, or waits for a person. */
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { mailStores } from '../sql.ts';
import { type Folder, type Mailbox, type MailboxMail, openMailbox } from './mailbox.ts';
import { ownAddress } from './message-id.ts';
import { MOST_BYTES, readMail } from './parse.ts';
import { type MailStore, type Received, receiveMail } from './receive.ts';

const AT_ONCE = 20;
const UNAVAILABLE = 503;
/** So often a mail is tried that cannot be stored though the database answers. Then it waits for a person. */
const MOST_TRIES = 3;
/** By mailbox and uid, in this process. */
const tries = new Map<string, number>();

type Became = Received | 'automatic' | 'unreadable';

/** Where a mail goes: what nobody could make a case of lies apart, so that somebody looks. */
const FOLDER_OF: Readonly<Record<Became, Folder>> = {
  stored: 'Bailee-read',
  duplicate: 'Bailee-read',
  automatic: 'Bailee-read',
  erased: 'Bailee-unread',
  unreadable: 'Bailee-unread',
};

/**
 * Resolves true when there may be more. Several nodes may do it at once: a mail is stored by one of them. Throws
 * `mail_unavailable` when the mailbox cannot be read, `conflict` when it is not clear whose it is, `database_unavailable`.
 */
export async function pollMailbox(ctx: GateCtx): Promise<boolean> {
  const { imapUrl } = ctx.config;
  if (imapUrl === null) return false;
  const store = await storeOf(ctx, imapUrl);
  if (store === null) return false;
  const mailbox = await reached(ctx, () => openMailbox(imapUrl));
  try {
    const mails = await reached(ctx, () => mailbox.list(AT_ONCE));
    for (const mail of mails) await takeMail(ctx, { store, mailbox, mail, imapUrl });
    return mails.length === AT_ONCE;
  } finally {
    await mailbox.close();
  }
}

interface Taking {
  readonly store: MailStore;
  readonly mailbox: Mailbox;
  readonly mail: MailboxMail;
  readonly imapUrl: string;
}

/** A mail is put away after its commit: whoever is killed between finds it again, and stores it no second time. */
async function takeMail(ctx: GateCtx, { store, mailbox, mail, imapUrl }: Taking): Promise<void> {
  const name = `${imapUrl}\n${mail.uid}`;
  let became: Became = 'unreadable';
  if (mail.bytes <= MOST_BYTES) {
    const source = await reached(ctx, () => mailbox.read(mail.uid));
    if (source === null) return;
    try {
      became = await becomes(ctx, store, source);
    } catch (error) {
      if (error instanceof BaileeError && error.status === UNAVAILABLE) throw error;
      const tried = (tries.get(name) ?? 0) + 1;
      tries.set(name, tried);
      ctx.log.error({ kind: kindOf(error), tried }, 'a mail could not be stored');
      if (tried < MOST_TRIES) return;
    }
  }
  tries.delete(name);
  ctx.metrics.mails.inc({ result: became });
  await reached(ctx, () => mailbox.putAway(mail.uid, FOLDER_OF[became]));
}

async function becomes(ctx: GateCtx, store: MailStore, source: Buffer): Promise<Became> {
  const read = await readMail(source, ownAddress(ctx));
  return typeof read === 'string' ? read : receiveMail(ctx, store, read.mail);
}

/** The store that `?store=` names, by its id; without it the only one, a demo aside. Null before there is any. */
async function storeOf(ctx: GateCtx, imapUrl: string): Promise<MailStore | null> {
  const asked = new URL(imapUrl).searchParams.get('store');
  const all = await mailStores(ctx.db);
  const real = all.filter(({ demo }) => !demo);
  const fitting = asked === null ? (real.length > 0 ? real : all) : all.filter(({ id }) => id === asked);
  if (fitting.length > 1 || (asked !== null && fitting.length === 0))
    throw new BaileeError('conflict', 'End BAILEE_IMAP_URL with ?store= and the id of the store it is for.');
  return fitting[0] ?? null;
}

/** What a mail server says may quote names and addresses: only its kind is told. */
async function reached<T>(ctx: GateCtx, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    ctx.log.warn({ kind: kindOf(error) }, 'the mailbox could not be read');
    throw new BaileeError('mail_unavailable', 'The mailbox of the cases could not be read.');
  }
}

function kindOf(error: unknown): string {
  const { code, authenticationFailed } = error as { code?: unknown; authenticationFailed?: unknown };
  if (authenticationFailed === true) return 'sign-in';
  return typeof code === 'string' ? code : 'unknown';
}
