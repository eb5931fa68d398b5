/**
 * The operator's virus scanner: a `clamd` that is sent content by INSTREAM, over TCP or a socket of this machine
 * (https://docs.clamav.net/manual/Usage/Scanning.html#clamd). Nothing is written to a disk.
 */
import { createConnection, type Socket } from 'node:net';

export type Verdict =
  | { readonly kind: 'clean' }
  /** `name` of what was found, as the scanner's signatures call it. */
  | { readonly kind: 'infected'; readonly name: string }
  /** Nobody knows: no connection, no answer in time, or none that can be understood. */
  | { readonly kind: 'unknown'; readonly why: 'unreachable' | 'late' | 'unclear' };

const SCAN_WITHIN_MS = 30_000;
const CHUNK_BYTES = 64 * 1024;
const MOST_ANSWER_BYTES = 1024;
const PORT = 3310;
/** What is not said in these words is not believed. */
const CLEAN = 'stream: OK';
const FOUND = /^stream: (.{1,500}) FOUND$/;
const NAME = /^[\w.:()/-]{1,120}$/;

/**
 * Sends content to the scanner at `tcp://host:port` or `unix:///path`. Never throws: what fails is `unknown`.
 * @param withinMs for all of it: to connect, to send and to wait
 */
export function scan(address: string, content: Buffer, withinMs = SCAN_WITHIN_MS): Promise<Verdict> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let sent = false;
    let answer = Buffer.alloc(0);
    const settle = (verdict: Verdict) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(verdict);
    };
    const timer = setTimeout(() => settle({ kind: 'unknown', why: 'late' }), withinMs);
    socket.once('connect', () => {
      send(socket, content, () => {
        sent = true;
      });
    });
    socket.on('data', (part: Buffer) => {
      answer = Buffer.concat([answer, part]);
      const end = answer.indexOf(0);
      if (end === -1 && answer.length <= MOST_ANSWER_BYTES) return;
      // Whoever answers before the end has not looked at all of it.
      settle(end === answer.length - 1 ? verdictOf(answer.toString('utf8', 0, end), sent) : UNCLEAR);
    });
    socket.once('error', () => settle({ kind: 'unknown', why: 'unreachable' }));
    // An answer that was cut short is none.
    socket.once('close', () => settle({ kind: 'unknown', why: 'unreachable' }));
  });
}

const UNCLEAR: Verdict = { kind: 'unknown', why: 'unclear' };

function connect(address: string): Socket {
  const { protocol, hostname, port, pathname } = new URL(address);
  if (protocol === 'unix:') return createConnection({ path: pathname });
  return createConnection({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || PORT });
}

/** `zINSTREAM`, then chunks that each begin with their length, then one of length 0. */
function send(socket: Socket, content: Buffer, done: () => void): void {
  socket.write('zINSTREAM\0');
  for (let at = 0; at < content.length; at += CHUNK_BYTES) {
    const chunk = content.subarray(at, at + CHUNK_BYTES);
    socket.write(lengthOf(chunk));
    socket.write(chunk);
  }
  socket.write(lengthOf(Buffer.alloc(0)), (error) => {
    if (error == null) done();
  });
}

function lengthOf({ length }: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

/** What was found stays found, however early it is said; clean is only what was read to its end. */
function verdictOf(answer: string, sent: boolean): Verdict {
  if (answer === CLEAN) return sent ? { kind: 'clean' } : UNCLEAR;
  const found = FOUND.exec(answer)?.[1];
  if (found === undefined) return UNCLEAR;
  return { kind: 'infected', name: NAME.test(found) ? found : 'unnamed' };
}
