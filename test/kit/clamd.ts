/** A virus scanner that speaks clamd's INSTREAM over real sockets, and several that do not keep to it. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The test file of https://www.eicar.org, in two halves, so that this file is no finding itself. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const FOUND = 'stream: Eicar-Test-Signature FOUND\0';
const COMMAND = 'zINSTREAM\0';

export interface Clamd {
  /** For `BAILEE_SCANNER`. */
  readonly url: string;
  /** Lengths of the chunks of each stream so far. */
  readonly streams: readonly (readonly number[])[];
  stop(): Promise<void>;
}

/** What it does once all has come; or at once, with `early`. */
export type Manners = { readonly answer: (socket: Socket, content: Buffer) => void; readonly early?: true };

export const HONEST: Manners = {
  answer: (socket, content) => socket.end(content.includes(EICAR) ? FOUND : 'stream: OK\0'),
};

export async function clamd(manners: Manners = HONEST, where: 'tcp' | 'unix' = 'tcp'): Promise<Clamd> {
  const streams: number[][] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    if (manners.early) manners.answer(socket, Buffer.alloc(0));
    else
      take(socket, (chunks) => {
        streams.push(chunks.map(({ length }) => length));
        manners.answer(socket, Buffer.concat(chunks));
      });
  });
  const folder = where === 'unix' ? mkdtempSync(join(tmpdir(), 'clamd-')) : null;
  const url = folder === null ? await onPort(server) : await onPath(server, join(folder, 'clamd.ctl'));
  return {
    url,
    streams,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
      if (folder !== null && existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

function take(socket: Socket, whole: (chunks: readonly Buffer[]) => void): void {
  const parts: Buffer[] = [];
  let tail = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    parts.push(part);
    tail = Buffer.concat([tail, part.subarray(-4)]).subarray(-4);
    // Looked through only when it may be the end.
    const chunks = tail.equals(Buffer.alloc(4)) ? chunksIn(Buffer.concat(parts)) : null;
    if (chunks !== null) whole(chunks);
  });
}

/** Null until the chunk of length 0 has come. Throws where it is no INSTREAM. */
function chunksIn(got: Buffer): Buffer[] | null {
  const command = got.toString('latin1', 0, COMMAND.length);
  if (!COMMAND.startsWith(command)) throw new Error('this is not INSTREAM');
  const chunks: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= got.length; ) {
    const length = got.readUInt32BE(at);
    if (length === 0) return chunks;
    chunks.push(got.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

function onPort(server: Server): Promise<string> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(`tcp://127.0.0.1:${typeof address === 'object' ? address!.port : ''}`);
    });
  });
}

function onPath(server: Server, path: string): Promise<string> {
  return new Promise((done) => {
    server.listen(path, () => done(`unix://${path}`));
  });
}
