/** Reads names, ids, times and numbers from a request, each with the error that goes with it. */
import { PURPOSES, type Purpose } from '../../../contract/names.ts';
import { BaileeError } from '../../platform/errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws `invalid_purpose`. */
export function purposeOf(name: string): Purpose {
  const purpose = PURPOSES.find((each) => each === name);
  if (purpose === undefined)
    throw new BaileeError('invalid_purpose', 'This purpose does not exist.', { purposes: PURPOSES });
  return purpose;
}

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** What is no id at all names no customer: `not_found`, as for one that does not exist. */
export function customerId(text: string): string {
  const id = text.toLowerCase();
  if (!isId(id)) throw new BaileeError('not_found', 'There is no such customer.');
  return id;
}

/** What is no id at all names no row: `not_found`. */
export function rowId(text: string): string {
  const id = text.toLowerCase();
  if (!isId(id)) throw new BaileeError('not_found', 'There is nothing of this id in this store.');
  return id;
}

/** UTC milliseconds of an ISO 8601 time in a body. Throws `invalid_body`. */
export function timeOf(text: string, path: string): number {
  const time = Date.parse(text);
  if (!Number.isFinite(time))
    throw new BaileeError('invalid_body', `${path.slice(1)} is not a time in ISO 8601.`, { path });
  return time;
}

/** A whole number of an address. Throws `bad_request`. */
export function wholeNumber(text: string, name: string, least: number, most: number): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new BaileeError('bad_request', `${name} must be a whole number from ${least} to ${most}.`);
  return number;
}
