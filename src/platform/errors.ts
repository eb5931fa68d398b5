/**
 * The closed union of errors. Every code has a page in `docs/errors/<code>.md`: cause, fix, example.
 * Messages are for the person who made the call; they never repeat a value of personal data.
 */
const STATUS = {
  bad_request: 400,
  malformed_json: 400,
  invalid_body: 400,
  invalid_identifier: 400,
  invalid_evidence: 400,
  invalid_purpose: 400,
  weak_password: 400,
  unknown_key: 401,
  bad_signature: 401,
  sign_in_required: 401,
  sign_in_refused: 401,
  forbidden: 403,
  evidence_required: 403,
  evidence_mismatch: 403,
  training_required: 403,
  step_up_required: 403,
  approval_required: 403,
  person_known: 403,
  not_found: 404,
  conflict: 409,
  budget_exceeded: 409,
  notice_outdated: 409,
  choice_replayed: 409,
  attachment_infected: 409,
  already_erased: 410,
  too_large: 413,
  too_many_events: 413,
  unsupported_encoding: 415,
  erasure_cap: 429,
  saturated: 429,
  too_many_openings: 429,
  too_many_tries: 429,
  invalid_catalog: 400,
  invalid_mapping: 400,
  invalid_pack: 400,
  invalid_backup: 400,
  invalid_table: 400,
  invalid_hierarchy: 400,
  not_protected: 409,
  invalid_configuration: 500,
  wrong_root_key: 500,
  epoch_destroyed: 500,
  key_shredded: 410,
  sealed_value_damaged: 500,
  data_folder_locked: 500,
  ledger_damaged: 500,
  ledger_unavailable: 503,
  database_unavailable: 503,
  mail_unavailable: 503,
  scan_unavailable: 503,
  sign_in_unavailable: 503,
  stopping: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof STATUS;

export const ERROR_CODES = Object.keys(STATUS) as ErrorCode[];

/** Codes of a single event inside a batch; the batch itself is accepted. See `docs/errors/`. */
export const EVENT_CODES = [
  'event_invalid',
  'event_too_large',
  'identity_missing',
  'identity_invalid',
  'timestamp_invalid',
  'card_number',
  'not_your_device',
] as const;
export type EventCode = (typeof EVENT_CODES)[number];

/** An error a caller can act on. `details` holds names and numbers, never personal data. */
export class BaileeError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details?: Readonly<Record<string, unknown>>,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BaileeError';
    this.code = code;
    this.details = details;
  }

  /** The HTTP status that goes with the code. */
  get status(): number {
    return STATUS[this.code];
  }
}

/** True when `error` is a BaileeError (of `code`, if given). */
export function isBaileeError(error: unknown, code?: ErrorCode): error is BaileeError {
  return error instanceof BaileeError && (code === undefined || error.code === code);
}

/** Thrown inside a transaction that lost a race it can win by starting over; the database port does so. */
export class RetryTransaction extends Error {
  readonly code = '40001';
}
