/** A real mail server on a free port that keeps what it is given. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { closeAfterFile } from './closing.ts';

export interface Mailbox {
  readonly url: string;
  /** Whole mails, decoded to text: the newest last. */
  readonly mails: string[];
}

/** Closed after the test file. `port`: a free one unless told. */
export async function mailbox(port = 0): Promise<Mailbox> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(unfolded(Buffer.concat(parts).toString('utf8')));
        done();
      });
    },
  });
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  closeAfterFile(() => new Promise<void>((closed) => server.close(() => closed())));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}

/** Quoted-printable breaks long lines, and with them long links. */
function unfolded(mail: string): string {
  return mail.replace(/=\r\n/g, '').replace(/=3D/g, '=');
}
