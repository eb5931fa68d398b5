/** A mail server that takes everything and keeps it, for whoever waits for a mail. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const PATIENCE_MS = 60_000;

export interface Mailbox {
  readonly url: string;
  /** The next mail to this address, as it came. Throws when none comes within a minute. */
  next(to: string): Promise<string>;
  close(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  const mails: { readonly to: readonly string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address.toLowerCase());
        mails.push({ to, text: Buffer.concat(parts).toString('utf8') });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    async next(to) {
      const deadline = performance.now() + PATIENCE_MS;
      while (performance.now() < deadline) {
        const at = mails.findIndex((mail) => mail.to.includes(to.toLowerCase()));
        if (at !== -1) return mails.splice(at, 1)[0]!.text;
        await new Promise((wake) => setTimeout(wake, 100));
      }
      throw new Error('no mail came within a minute');
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
