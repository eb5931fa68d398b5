/** What a call that did not succeed says. */

/** Nothing was answered: no server, no network, or no time left. */
export const UNREACHABLE = 'unreachable';

/**
 * A refusal or a failure, by its stable code: one of those with a page in `docs/errors/`, or `unreachable`.
 * The message is for whoever made the call, and repeats nothing of a customer.
 */
export class BaileeError extends Error {
  readonly code: string;
  /** HTTP status; 0 when nothing was answered. */
  readonly status: number;
  /** Names the call in the server's log; null when nothing was answered. */
  readonly requestId: string | null;
  readonly details: unknown;

  constructor(
    code: string,
    message: string,
    told: {
      readonly status?: number;
      readonly requestId?: string;
      readonly details?: unknown;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, told.cause === undefined ? undefined : { cause: told.cause });
    this.name = 'BaileeError';
    this.code = code;
    this.status = told.status ?? 0;
    this.requestId = told.requestId ?? null;
    this.details = told.details;
  }
}
