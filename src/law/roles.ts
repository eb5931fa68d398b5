/** Which purposes a role may act for. A pair that is not in the table is refused. */
import { PURPOSES, type Purpose, type Role } from '../../contract/names.ts';

/** A person's role, a bulk job, or the customer about whom the data is. */
export type ActingRole = Role | 'job' | 'subject';

export const ROLE_PURPOSES: Readonly<Record<ActingRole, readonly Purpose[]>> = {
  support: ['customer-service'],
  'order-desk': ['order-fulfilment', 'customer-service'],
  marketing: ['marketing-email', 'marketing-sms', 'marketing-phone', 'marketing-push'],
  // Counts and reports come from projections; here an analyst opens nothing.
  analyst: ['analytics', 'research'],
  'privacy-officer': PURPOSES,
  security: ['fraud-prevention'],
  // Runs the system, and needs to see nobody in it.
  administrator: [],
  // Reads the ledger, never the data.
  auditor: [],
  // A job acts as its purpose does.
  job: PURPOSES,
  // The customer's own view: service and the right of access (GDPR art. 15).
  subject: ['customer-service', 'legal-duty'],
};
