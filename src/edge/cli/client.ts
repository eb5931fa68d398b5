/**
 * How a command reaches the installation: the server at `BAILEE_URL`, else the one that `<data>/run.json`
 * names, else one composed in this process (which takes the lock). One way for all of them: HTTP requests.
 */
import type { FastifyInstance } from 'fastify';
import type { App, Deps } from './command.ts';
import { CommandError, EXIT } from './exit.ts';
import { readRun } from './run-file.ts';

export interface Call {
  readonly method: 'GET' | 'POST';
  /** From the slash on. */
  readonly path: string;
  readonly body?: unknown;
  /** The operator of this run, or an API key; absent: nobody. */
  readonly as?: 'operator' | { readonly key: string };
  /** What a long call tells on the way. */
  readonly onProgress?: (progress: Record<string, unknown>) => void;
}

export interface Client {
  /** Null: composed in this process. */
  readonly url: string | null;
  /** Whether `as: 'operator'` is open: on the machine of the server. */
  readonly operator: boolean;
  /** The answer as JSON. Throws `CommandError` with the server's own sentence when it refuses. */
  request(call: Call): Promise<unknown>;
  /** The bytes at a public path; null for 404. */
  bytes(path: string): Promise<Buffer | null>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: AsyncIterable<Uint8Array>;
}

type Send = (method: string, path: string, headers: Record<string, string>, body?: string) => Promise<Answer>;

/** Connects as described above. `url` (an option of some commands) goes before `BAILEE_URL`. */
export async function connect(deps: Deps, url: string | undefined = deps.env.BAILEE_URL): Promise<Client> {
  if (url !== undefined && url !== '') {
    const run = runOf(deps, url);
    return client(url, run, overHttp(url), async () => undefined);
  }
  const config = deps.config();
  const run = readRun(config.data);
  if (run !== null && (await answers(run.url)))
    return client(run.url, run.token, overHttp(run.url), async () => undefined);
  const app = await deps.compose(config, { log: deps.quietLog(config) });
  return inProcess(app);
}

/** A client of an app in this process. */
export function inProcess(app: App): Client {
  return client(null, app.operatorToken, overInject(app.server), () => app.stop());
}

/** The token of a run on this machine, when that run serves at `url`. */
function runOf(deps: Deps, url: string): string | null {
  try {
    const run = readRun(deps.config().data);
    return run !== null && new URL(run.url).origin === new URL(url).origin ? run.token : null;
  } catch {
    return null;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`, { signal: AbortSignal.timeout(5_000) }).then(
    (answer) => answer.ok,
    () => false,
  );
}

function client(url: string | null, token: string | null, send: Send, close: () => Promise<void>): Client {
  return {
    url,
    operator: token !== null,
    close,
    async bytes(path) {
      const answer = await send('GET', path, {});
      const body = await whole(answer);
      if (answer.status === 404) return null;
      if (answer.status >= 300) throw refused(body);
      return body;
    },
    async request({ method, path, body, as, onProgress }) {
      const headers: Record<string, string> =
        body === undefined ? {} : { 'content-type': 'application/json' };
      if (as !== undefined) headers.authorization = `Bearer ${bearer(as, token)}`;
      const answer = await send(method, path, headers, body === undefined ? undefined : JSON.stringify(body));
      if (answer.status < 300 && answer.type.startsWith('application/x-ndjson'))
        return followed(answer, onProgress ?? (() => undefined));
      const bytes = await whole(answer);
      if (answer.status >= 300) throw refused(bytes);
      return JSON.parse(bytes.toString('utf8'));
    },
  };
}

function bearer(as: NonNullable<Call['as']>, token: string | null): string {
  if (as !== 'operator') return as.key;
  if (token !== null) return token;
  throw new CommandError(
    EXIT.usage,
    'This needs the operator: run it on the machine of the server, with its data folder in BAILEE_DATA, or give an administrator key with --key.',
  );
}

function overHttp(url: string): Send {
  const base = url.replace(/\/+$/, '');
  return async (method, path, headers, body) => {
    try {
      const answer = await fetch(base + path, { method, headers, ...(body === undefined ? {} : { body }) });
      return {
        status: answer.status,
        type: answer.headers.get('content-type') ?? '',
        body: answer.body ?? empty(),
      };
    } catch {
      throw new CommandError(EXIT.unreachable, `Nothing answers at ${base}. Is the server running?`);
    }
  };
}

async function* empty(): AsyncGenerator<Uint8Array> {}

function overInject(server: FastifyInstance): Send {
  return async (method, path, headers, body) => {
    const answer = await server.inject({
      method: method as 'GET' | 'POST',
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body }),
      payloadAsStream: true,
    });
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type'] ?? ''),
      body: answer.stream(),
    };
  };
}

async function whole(answer: Answer): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of answer.body) parts.push(part);
  return Buffer.concat(parts);
}

/** Reads lines of JSON: `{progress}` as often as there is news, then `{result}` or `{error}`. */
async function followed(answer: Answer, onProgress: NonNullable<Call['onProgress']>): Promise<unknown> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const part of answer.body) {
    rest += decoder.decode(part, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const said = JSON.parse(line) as {
        progress?: Record<string, unknown>;
        result?: unknown;
        error?: object;
      };
      if (said.progress !== undefined) onProgress(said.progress);
      else if (said.error !== undefined) throw refused(Buffer.from(line));
      else return said.result;
    }
  }
  throw new CommandError(EXIT.unreachable, 'The server stopped before it was done. Run the command again.');
}

function refused(body: Buffer): CommandError {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error: { code: string; message: string } };
    const exit =
      error.code === 'database_unavailable' || error.code === 'stopping' ? EXIT.unreachable : EXIT.failed;
    return new CommandError(exit, `${error.message} (${error.code})`);
  } catch {
    return new CommandError(EXIT.failed, 'The server answered something that Bailee does not know.');
  }
}
