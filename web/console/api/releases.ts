/** Releases: figures about nobody, what they cost, and how much is left. */
import type { Static } from 'typebox';
import type { Budget, BudgetBody, BudgetList, Release, ReleaseList } from '../../../contract/releases.ts';
import { call } from './call.ts';

export type Fetched = Static<typeof Release>;
export type Listed = Static<typeof ReleaseList>['releases'][number];
export type BudgetRow = Static<typeof Budget>;
export type NewBudget = Static<typeof BudgetBody>;

export const listReleases = () => call<Static<typeof ReleaseList>>('GET', '/api/releases');
export const fetchRelease = (id: string) => call<Fetched>('GET', `/api/releases/${id}`);
export const listBudgets = () => call<Static<typeof BudgetList>>('GET', '/api/releases/budgets');
export const setBudget = (body: NewBudget) => call<BudgetRow>('POST', '/api/releases/budgets', body);
