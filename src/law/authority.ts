/**
 * The tables of roles, purposes, evidence and ceilings, multiplied out once for each set of bases,
 * so that a decision only looks up and allocates nothing but its answer.
 */
import {
  CLASSES,
  type DataClass,
  type Purpose,
  SENSITIVITIES,
  type Sensitivity,
} from '../../contract/names.ts';
import { ceiling } from './ceilings.ts';
import { evidenceNeeded } from './evidence.ts';
import { needsChoice } from './purposes.ts';
import { REASONS } from './reasons.ts';
import { type ActingRole, ROLE_PURPOSES } from './roles.ts';
import type { FieldState, Reason } from './types.ts';

/** What can be wrong with a single field, as bits: together they index `Cell.because`. */
export const FIELD_FAULT = { notForPurpose: 1, notKept: 2, noMask: 4 } as const;
const FAULT_SETS = 8;

/** What one role may see, for one purpose, of one class at one sensitivity. */
export interface Cell {
  readonly state: FieldState;
  /** The reasons for `state` at 0; above it, those for withholding, by the set of faults. */
  readonly because: readonly (readonly Reason[])[];
}

/** What one role may do for one purpose. */
export interface Authority {
  readonly role: ActingRole;
  readonly purpose: Purpose;
  readonly because: readonly Reason[];
  /** Null where no evidence is asked. */
  readonly evidence: ReadonlySet<string> | null;
  /** The customer's own view is not bound to the purposes of the fields (GDPR art. 15). */
  readonly ownView: boolean;
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
}

function withholding(state: FieldState, because: readonly Reason[], faults: number): readonly Reason[] {
  if (faults === 0) return Object.freeze(because);
  const reasons = state === 'withheld' ? [...because] : [];
  if (faults & FIELD_FAULT.notForPurpose) reasons.push(REASONS.fieldPurpose);
  if (faults & FIELD_FAULT.notKept) reasons.push(REASONS.notKept);
  if (faults & FIELD_FAULT.noMask) {
    if (state === 'masked') reasons.push(...because);
    reasons.push(REASONS.noMask);
  }
  return Object.freeze(reasons);
}

/** Special categories need explicit consent, and a choice of an optional purpose is not that. */
function bar(purpose: Purpose, dataClass: DataClass, sensitivity: Sensitivity): Reason | null {
  if (!needsChoice(purpose)) return null;
  const special = sensitivity !== 'ordinary' || dataClass === 'sensitive' || dataClass === 'biometric';
  return special ? REASONS.explicitConsent : null;
}

function makeCell(
  role: ActingRole,
  purpose: Purpose,
  basis: Reason,
  dataClass: DataClass,
  sensitivity: Sensitivity,
): Cell {
  const most = ceiling(role, dataClass, sensitivity);
  const rule = Object.freeze({
    rule: `ceiling.${role}.${dataClass}.${sensitivity}`,
    source:
      sensitivity === 'highly-sensitive' ? 'GDPR art. 9, 32, 87; PIPL art. 28' : 'GDPR art. 5(1)(c), 25(2)',
  });
  const barred = bar(purpose, dataClass, sensitivity);
  const state: FieldState = barred === null ? most : 'withheld';
  const reasons: Reason[] = [];
  if (state === 'revealed') reasons.push(basis);
  if (state === most) reasons.push(rule);
  if (barred !== null) reasons.push(barred);
  const because = Array.from({ length: FAULT_SETS }, (_, faults) => withholding(state, reasons, faults));
  return Object.freeze({ state, because });
}

function makeCells(
  role: ActingRole,
  purpose: Purpose,
  basis: Reason,
): ReadonlyMap<string, ReadonlyMap<string, Cell>> {
  return new Map(
    CLASSES.map((dataClass) => [
      dataClass,
      new Map(
        SENSITIVITIES.map((sensitivity) => [
          sensitivity,
          makeCell(role, purpose, basis, dataClass, sensitivity),
        ]),
      ),
    ]),
  );
}

function makeAuthority(role: ActingRole, purpose: Purpose, basis: Reason): Authority {
  return Object.freeze({
    role,
    purpose,
    because: Object.freeze([basis]),
    evidence: evidenceNeeded(role, purpose),
    ownView: role === 'subject',
    cells: makeCells(role, purpose, basis),
  });
}

export type Authorities = ReadonlyMap<string, ReadonlyMap<string, Authority>>;

/**
 * By role, then purpose, with `basisOf` as the reason that is shown. A role that acts for nothing has an
 * empty map; an unknown role has none. Purposes for which `basisOf` answers null are left out.
 */
export function makeAuthorities(basisOf: (purpose: Purpose) => Reason | null): Authorities {
  return new Map(
    (Object.keys(ROLE_PURPOSES) as ActingRole[]).map((role) => [
      role,
      new Map(
        ROLE_PURPOSES[role].flatMap((purpose) => {
          const basis = basisOf(purpose);
          return basis === null ? [] : [[purpose, makeAuthority(role, purpose, basis)] as const];
        }),
      ),
    ]),
  );
}
