/** Finding and opening. Each of these is recorded in the ledger: call them when a person asks, and not before. */
import type { Static } from 'typebox';
import type { AskApprovalAnswer } from '../../../contract/conditions.ts';
import type { FindAnswer, OpenAnswer, TimelineAnswer } from '../../../contract/opening.ts';
import type { LookedAnswer, ProfileAnswer } from '../../../contract/profile.ts';
import type { Evidence, Ground, Looking } from '../ground.ts';
import { call } from './call.ts';

export type Found = Static<typeof FindAnswer>['customers'][number];
export type Profile = Static<typeof ProfileAnswer>;
export type ShownField = Profile['fields'][string];
export type TimelineItem = Static<typeof TimelineAnswer>['items'][number];
export type Looked = Static<typeof LookedAnswer>;
export type Opened = Static<typeof OpenAnswer>;

/** As the server takes it: `{order: "1217"}`. */
export function evidenceOf(evidence: Evidence | null): Record<string, string> | undefined {
  return evidence === null ? undefined : { [evidence.kind]: evidence.value };
}

export const grounded = ({ purpose, evidence }: Ground) => ({ purpose, evidence: evidenceOf(evidence) });

export const findCustomers = (identifier: Looking, ground: Ground) =>
  call<Static<typeof FindAnswer>>('POST', '/api/customers/find', { identifier, ...grounded(ground) });

export const readProfile = (id: string, ground: Ground) =>
  call<Profile>('POST', `/api/customers/${id}/profile`, grounded(ground));

export const readLooked = (id: string, ground: Ground, after: string | null) =>
  call<Looked>('POST', `/api/customers/${id}/looked`, {
    ...grounded(ground),
    ...(after === null ? {} : { after }),
  });

export const reveal = (id: string, ground: Ground, fields: readonly string[], reason: string) =>
  call<Opened>('POST', `/api/customers/${id}/open`, { ...grounded(ground), fields, reveal: { reason } });

export const askApproval = (customer: string, ground: Ground, fields: readonly string[], reason: string) =>
  call<Static<typeof AskApprovalAnswer>>('POST', '/api/approvals', {
    customer,
    ...grounded(ground),
    fields,
    reason,
  });
