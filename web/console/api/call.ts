/** The one way to the server. Nothing of a customer is ever put into an address. */
import type { Static } from 'typebox';
import type { Failure } from '../../../contract/failure.ts';

/** As in `contract/staff.ts`, which would bring the whole of its schemas along. */
const HEADER = 'x-bailee-console';

/** A refusal of the server, by its code, or `offline` when there was no answer at all. */
export class CallError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly details: unknown;

  constructor(
    {
      code,
      message,
      requestId,
      details,
    }: { code: string; message: string; requestId: string | null; details?: unknown },
    status: number,
  ) {
    super(message);
    this.name = 'CallError';
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.details = details;
  }
}

let signedOut: () => void = () => undefined;

/** Called when the server no longer knows who is there. */
export function onSignedOut(react: () => void): void {
  signedOut = react;
}

async function ask(method: 'GET' | 'POST', path: string, body: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : { [HEADER]: '1' }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new CallError({ code: 'offline', message: '', requestId: null }, 0);
  });
  if (response.ok) return response;
  const failure = await refusal(response);
  if (failure.code === 'sign_in_required') signedOut();
  throw failure;
}

/** @throws CallError */
export async function call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  return (await (await ask(method, path, body)).json()) as Answer;
}

/** What is to be saved, and not shown. @throws CallError */
export async function fetchFile(path: string, body: unknown): Promise<Blob> {
  return (await ask('POST', path, body)).blob();
}

async function refusal(response: Response): Promise<CallError> {
  try {
    const { error } = (await response.json()) as Static<typeof Failure>;
    return new CallError(error, response.status);
  } catch {
    // Something between here and Bailee answered.
    return new CallError({ code: 'internal', message: '', requestId: null }, response.status);
  }
}

/** An address with a query of what is there. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
  );
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}
