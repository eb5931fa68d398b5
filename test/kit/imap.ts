/** A real IMAP server (Dovecot) on a free port, with a folder of its own, and a second client that looks into the mailbox. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { closeAfterFile } from './closing.ts';

const BINARY = '/usr/sbin/dovecot';
const PASSWORD = 'walnut';
const READY_WITHIN_MS = 20_000;
const ROOT = 0;

/** Whether there is a server at all; `BAILEE_NO_SKIP` in `.ci/run` makes a missing one a failure. */
export const dovecot = existsSync(BINARY);
export const DOVECOT_REASON = 'needs Dovecot (apt-get install dovecot-imapd)';

export interface ImapServer {
  /** For `BAILEE_IMAP_URL`. */
  readonly url: string;
  /** Puts a mail into the inbox, byte for byte. */
  deliver(mail: string | Buffer): Promise<void>;
  /** Flags of the mails in a folder. */
  flags(folder: string): Promise<string[][]>;
  count(folder: string): Promise<number>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** As root Dovecot gives up its rights by itself; as anybody else it has none to give up, and every service is that user's. */
function configuration(folder: string, port: number): string {
  const { uid, username } = userInfo();
  const group = spawnSync('id', ['-gn'], { encoding: 'utf8' }).stdout.trim();
  const owner = uid === ROOT ? 'uid=nobody gid=nogroup' : `uid=${uid} gid=${userInfo().gid}`;
  const own =
    uid === ROOT
      ? ''
      : `default_internal_user = ${username}
default_internal_group = ${group}
default_login_user = ${username}
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
`;
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mail_fsync = never
${own}service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = ${owner} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
}
`;
}

/** Stopped after the test file. */
export async function imapServer(): Promise<ImapServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-imap-'));
  const port = await freePort();
  for (const each of ['run', 'state', 'mail']) mkdirSync(join(folder, each));
  if (userInfo().uid === ROOT) {
    chmodSync(folder, 0o755);
    chownSync(join(folder, 'mail'), Number(idOf('-u', 'nobody')), Number(idOf('-g', 'nobody')));
  }
  const file = join(folder, 'dovecot.conf');
  writeFileSync(file, configuration(folder, port));
  const child = spawn(BINARY, ['-F', '-c', file], { stdio: 'ignore' });
  closeAfterFile(async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  });
  const client = () => looker(port);
  await ready(client, () =>
    existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '',
  );
  return {
    url: `imap://service:${PASSWORD}@127.0.0.1:${port}/INBOX`,
    deliver: (mail) =>
      within(client, async (own) => {
        await own.append('INBOX', Buffer.from(mail));
      }),
    flags: (name) =>
      within(client, async (own) => {
        const opened = await own.mailboxOpen(name);
        if (opened.exists === 0) return [];
        const mails = await own.fetchAll('1:*', { flags: true });
        return mails.map(({ flags }) => [...(flags ?? [])]);
      }),
    count: (name) =>
      within(client, async (own) => {
        const status = await own.status(name, { messages: true });
        return status === false ? 0 : (status.messages ?? 0);
      }),
  };
}

function idOf(option: '-u' | '-g', user: string): string {
  return spawnSync('id', [option, user], { encoding: 'utf8' }).stdout.trim();
}

function looker(port: number): ImapFlow {
  const auth = { user: 'service', pass: PASSWORD };
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth, logger: false });
  client.on('error', () => undefined);
  return client;
}

async function within<T>(make: () => ImapFlow, work: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = make();
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

async function ready(client: () => ImapFlow, log: () => string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      return await within(client, async () => undefined);
    } catch {
      if (Date.now() > until) throw new Error(`Dovecot does not answer: ${log()}`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await exit;
}
