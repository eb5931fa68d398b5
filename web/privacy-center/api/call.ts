/** The one way to the server. Nothing of a customer is ever put into an address. */
import type { Static } from 'typebox';
import type { Failure } from '../../../contract/failure.ts';

/** As in `contract/center.ts`, which would bring the whole of its schemas along. */
const HEADER = 'x-bailee-center';

/** A refusal of the server, by its code, or `offline` when there was no answer at all. */
export class CallError extends Error {
  readonly code: string;
  readonly requestId: string | null;

  constructor(code: string, requestId: string | null) {
    super(code);
    this.name = 'CallError';
    this.code = code;
    this.requestId = requestId;
  }
}

let signedOut: () => void = () => undefined;

/** Called when the server no longer knows who is there. */
export function onSignedOut(react: () => void): void {
  signedOut = react;
}

/** The store, by its browser key, which is public: `/privacy?key=…`. */
function storeHeader(): Record<string, string> {
  const key = new URLSearchParams(location.search).get('key');
  return key === null ? {} : { 'x-write-key': key };
}

async function ask(method: 'GET' | 'POST', path: string, body: unknown): Promise<Response> {
  const response = await fetch(`/v1/center${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...storeHeader(),
      ...(method === 'GET' ? {} : { [HEADER]: '1', 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  }).catch(() => {
    throw new CallError('offline', null);
  });
  if (response.ok) return response;
  const failure = await refusal(response);
  if (failure.code === 'sign_in_required') signedOut();
  throw failure;
}

/** @throws CallError */
export async function read<Answer>(path: string): Promise<Answer> {
  return (await (await ask('GET', path, undefined)).json()) as Answer;
}

/** @throws CallError */
export async function send<Answer>(path: string, body?: unknown): Promise<Answer> {
  return (await (await ask('POST', path, body)).json()) as Answer;
}

/** What is to be saved, and not shown. @throws CallError */
export async function fetchFile(path: string, body: unknown): Promise<Blob> {
  return (await ask('POST', path, body)).blob();
}

async function refusal(response: Response): Promise<CallError> {
  try {
    const { error } = (await response.json()) as Static<typeof Failure>;
    return new CallError(error.code, error.requestId);
  } catch {
    // Something between here and Bailee answered.
    return new CallError('internal', null);
  }
}
