/** Why a mask, a token or a private answer was refused: one error class with a stable code, as a library needs. */

export type AnonymizeCode =
  | 'invalid_parameter'
  | 'invalid_row'
  | 'invalid_policy'
  | 'invalid_value'
  | 'invalid_key'
  | 'invalid_token'
  | 'domain_too_small'
  | 'overflow'
  | 'budget_exceeded';

/** Messages and `details` name rows, fields and limits; they never repeat a value. */
export class AnonymizeError extends Error {
  readonly code: AnonymizeCode;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: AnonymizeCode, message: string, details: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = 'AnonymizeError';
    this.code = code;
    this.details = details;
  }
}

/** Refuses a parameter of the caller by its name. */
export function refuseParameter(field: string, message: string): never {
  throw new AnonymizeError('invalid_parameter', message, { field });
}

/** A whole number from `least` to `most`, or the refusal of the field. */
export function wholeNumber(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most)
    return value;
  return refuseParameter(field, `${field} must be a whole number from ${least} to ${most}.`);
}
