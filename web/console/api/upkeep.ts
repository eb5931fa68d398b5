/** What was not stored: the counts of what is not declared, and the quarantine. */
import type { Static } from 'typebox';
import type { QuarantineAnswer, ReplayAnswer, UndeclaredAnswer } from '../../../contract/upkeep.ts';
import { call, withQuery } from './call.ts';

type QuarantinePage = Static<typeof QuarantineAnswer>;
export type Held = QuarantinePage['items'][number];
export type Undeclared = Static<typeof UndeclaredAnswer>['items'][number];

export const listUndeclared = () => call<Static<typeof UndeclaredAnswer>>('GET', '/api/undeclared');
export const listQuarantine = (after: string | null) =>
  call<QuarantinePage>('GET', withQuery('/api/quarantine', { after: after ?? undefined, limit: 100 }));
/** Without `ids`: everything. */
export const replay = (ids: readonly string[] | null) =>
  call<Static<typeof ReplayAnswer>>('POST', '/api/quarantine/replay', ids === null ? {} : { ids });
