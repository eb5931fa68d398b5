/** What the list of cases shows, as its address says it: a link to a view is the view. */
import { KINDS, PRIORITIES, STATUSES, TOPICS } from './lists.ts';

export const SORTS = ['due', 'updated', 'created'] as const;
/** `me` and `none` as the server has them. */
export const ASSIGNEES = ['me', 'none'] as const;

export interface CasesView {
  readonly status?: string;
  readonly kind?: string;
  readonly priority?: string;
  readonly topic?: string;
  readonly assignee?: string;
  readonly sort?: string;
}

const ALLOWED: Readonly<Record<keyof CasesView, readonly string[]>> = {
  status: STATUSES,
  kind: KINDS,
  priority: PRIORITIES,
  topic: TOPICS,
  assignee: ASSIGNEES,
  sort: SORTS,
};

/** What cannot be is left out, and so is what goes without saying. */
export function readView(search: Readonly<Record<string, unknown>>): CasesView {
  return Object.fromEntries(
    Object.entries(ALLOWED).flatMap(([name, allowed]) => {
      const value = search[name];
      const known = typeof value === 'string' && allowed.includes(value);
      return known && !(name === 'sort' && value === 'due') ? [[name, value]] : [];
    }),
  );
}

/** With one part changed; an empty text takes it out. */
export function changeView(view: CasesView, name: keyof CasesView, value: string): CasesView {
  return readView({ ...view, [name]: value });
}
