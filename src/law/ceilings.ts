/**
 * The most that each role may see, by class and sensitivity: what the work needs, and no more
 * (GDPR art. 25(2)). A class that is not in a role's rows is withheld. Nothing highly sensitive is
 * revealed to anyone here: that takes a second approval.
 */
import type { DataClass, Sensitivity } from '../../contract/names.ts';
import type { ActingRole } from './roles.ts';
import type { FieldState } from './types.ts';

const R = 'revealed';
const M = 'masked';
const W = 'withheld';

/** ordinary · sensitive · highly sensitive */
type Row = readonly [FieldState, FieldState, FieldState];
const NOTHING: Row = [W, W, W];

const CEILINGS: Readonly<Record<ActingRole, Readonly<Partial<Record<DataClass, Row>>>>> = {
  support: {
    identity: [R, M, W],
    contact: [M, M, W],
    account: [R, M, W],
    transaction: [R, M, W],
  },
  // Ships the parcel, so it reads the label and what goes in.
  'order-desk': {
    identity: [R, M, W],
    contact: [R, M, W],
    account: [M, M, W],
    transaction: [R, R, W],
  },
  // Addresses are used by jobs; a marketer sees them masked.
  marketing: {
    identity: [M, W, W],
    contact: [M, W, W],
  },
  analyst: {},
  'privacy-officer': {
    identity: [R, R, M],
    contact: [R, R, M],
    account: [R, R, M],
    transaction: [R, R, M],
    behavior: [R, M, M],
    biometric: [M, M, M],
    sensitive: [M, M, M],
  },
  security: {
    identity: [R, M, M],
    contact: [R, M, M],
    account: [R, M, M],
    transaction: [R, M, M],
    behavior: [R, M, M],
    biometric: [M, M, M],
    sensitive: [W, W, W],
  },
  administrator: {},
  auditor: {},
  job: {
    identity: [R, R, W],
    contact: [R, R, W],
    account: [R, R, W],
    transaction: [R, R, W],
    behavior: [R, M, W],
  },
  // The customer's own data; the most dangerous values wait for a stronger sign-in.
  subject: {
    identity: [R, R, M],
    contact: [R, R, M],
    account: [R, R, M],
    transaction: [R, R, M],
    behavior: [R, R, M],
    biometric: [M, M, M],
    sensitive: [R, R, M],
  },
};

const COLUMN: Readonly<Record<Sensitivity, 0 | 1 | 2>> = {
  ordinary: 0,
  sensitive: 1,
  'highly-sensitive': 2,
};

/** The most that `role` may see of a field of this class and sensitivity. */
export function ceiling(role: ActingRole, dataClass: DataClass, sensitivity: Sensitivity): FieldState {
  return (CEILINGS[role][dataClass] ?? NOTHING)[COLUMN[sensitivity]];
}
