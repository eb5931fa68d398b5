/** Tags: what there are, and which a customer has. */
import type { Static } from 'typebox';
import type { Done } from '../../../contract/staff.ts';
import type { GiveTagAnswer, NewTagAnswer, NewTagBody, TagList } from '../../../contract/tags.ts';
import type { Evidence } from '../ground.ts';
import { call } from './call.ts';
import { evidenceOf } from './customers.ts';

export type Tag = Static<typeof TagList>['tags'][number];
export type NewTag = Static<typeof NewTagBody>;

export const listTags = () => call<Static<typeof TagList>>('GET', '/api/tags');
export const defineTag = (body: NewTag) => call<Static<typeof NewTagAnswer>>('POST', '/api/tags', body);
export const retireTag = (id: string) => call<Static<typeof Done>>('POST', `/api/tags/${id}/retire`);
/** Recorded in the ledger of the customer, as is taking it. */
export const giveTag = (customer: string, tag: string, evidence: Evidence | null) =>
  call<Static<typeof GiveTagAnswer>>('POST', `/api/customers/${customer}/tags`, {
    tag,
    evidence: evidenceOf(evidence),
  });
export const takeTag = (customer: string, tag: string, evidence: Evidence | null) =>
  call<Static<typeof Done>>('POST', `/api/customers/${customer}/tags/${tag}/remove`, {
    evidence: evidenceOf(evidence),
  });
