/** One call to the server: a time limit, retries where nothing can happen twice, and errors by their code. */
import { BaileeError, UNREACHABLE } from './error.ts';

export interface Transport {
  /** Where Bailee answers, without a slash at the end. */
  readonly url: string;
  readonly fetch: typeof fetch;
  /** Milliseconds that one try may take. */
  readonly timeoutMs: number;
  /** How often a call is made at most. */
  readonly tries: number;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** From the slash on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Made twice, it happens once: then it is made again also when nobody answered. */
  readonly repeatable: boolean;
}

/** The server did nothing, and says so. */
const NOT_NOW: ReadonlySet<number> = new Set([429, 503]);
const FIRST_REST_MS = 200;
const MOST_REST_MS = 5_000;

/** The answer as JSON. Throws `BaileeError`. */
export async function request<Answer>(transport: Transport, call: Call): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt >= transport.tries;
    const answer = await once(transport, call).catch((cause: unknown) => {
      if (!call.repeatable || last)
        throw new BaileeError(
          UNREACHABLE,
          'Bailee does not answer. Is it running, and is the address right?',
          {
            cause,
          },
        );
      return null;
    });
    if (answer !== null && !(NOT_NOW.has(answer.status) && !last)) return read<Answer>(answer);
    await answer?.body?.cancel();
    await rest(attempt, answer?.headers.get('retry-after') ?? null);
  }
}

function once(
  { url, fetch, timeoutMs }: Transport,
  { method, path, headers, body }: Call,
): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function read<Answer>(answer: Response): Promise<Answer> {
  const body = (await answer.json().catch(() => null)) as unknown;
  if (answer.ok) return body as Answer;
  const { error } = (body ?? {}) as { readonly error?: Partial<BaileeError> };
  const {
    code = 'internal',
    message = `Bailee answered with status ${answer.status}.`,
    requestId,
    details,
  } = error ?? {};
  throw new BaileeError(code, message, {
    status: answer.status,
    ...(typeof requestId === 'string' ? { requestId } : {}),
    ...(details === undefined ? {} : { details }),
  });
}

/** As long as the server asks for, else twice as long each time; at most five seconds. */
function rest(attempt: number, retryAfter: string | null): Promise<void> {
  const asked = retryAfter === null ? Number.NaN : Number(retryAfter) * 1000;
  const own = FIRST_REST_MS * 2 ** (attempt - 1);
  const wait = Math.min(Number.isFinite(asked) ? asked : own, MOST_REST_MS);
  return new Promise((wake) => setTimeout(wake, wait));
}
