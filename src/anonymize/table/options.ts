/** Checks what a caller asks for, before any row is looked at. */
import { BaileeError } from '../../platform/errors.ts';
import type { Criteria, Diversity } from './types.ts';

/** Throws `bad_request`, naming the field, for a criterion that means nothing. */
export function checkCriteria({ k, diversity, closeness, kMap, presence }: Criteria): void {
  check('k', Number.isSafeInteger(k) && k >= 1, 'a whole number from 1 on');
  if (kMap !== undefined) check('kMap', Number.isSafeInteger(kMap) && kMap >= 1, 'a whole number from 1 on');
  if (closeness !== undefined) check('t', isShare(closeness.t), 'a number from 0 to 1');
  if (presence !== undefined) {
    const fits = isShare(presence.min) && isShare(presence.max) && presence.min <= presence.max;
    check('presence', fits, 'two numbers from 0 to 1, the smaller first');
  }
  if (diversity !== undefined) checkDiversity(diversity);
}

function checkDiversity(diversity: Diversity): void {
  const whole = diversity.kind !== 'entropy';
  const fits = whole ? Number.isSafeInteger(diversity.l) : Number.isFinite(diversity.l);
  check('l', fits && diversity.l >= 1, whole ? 'a whole number from 1 on' : 'a number from 1 on');
  if (diversity.kind === 'recursive')
    check('c', Number.isFinite(diversity.c) && diversity.c > 0, 'a number above 0');
}

/** The rows that may be suppressed. Throws `bad_request` for a share that is none. */
export function suppressionLimit(share: number, rows: number): number {
  check('suppression', isShare(share), 'a number from 0 to 1');
  // A share such as 0.29 of 100 must not lose a row to binary fractions.
  return Math.floor(share * rows + 1e-9);
}

function isShare(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && value <= 1;
}

function check(field: string, fits: boolean, expected: string): void {
  if (!fits) throw new BaileeError('bad_request', `${field} must be ${expected}.`, { field });
}
