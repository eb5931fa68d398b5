/** What the queue shows, as its address says it: a link to a view is the view. */
import { ENDED_STATES, KINDS, OPEN_STATES } from './lists.ts';

export interface RequestsView {
  readonly show?: string;
  readonly kind?: string;
  readonly state?: string;
}

/** The states that there are in what is shown. */
export function statesOf({ show }: RequestsView): readonly string[] {
  return show === 'ended' ? ENDED_STATES : OPEN_STATES;
}

/** What cannot be is left out, and so is what goes without saying: those that are open. */
export function readRequestsView(search: Readonly<Record<string, unknown>>): RequestsView {
  const view: RequestsView = search.show === 'ended' ? { show: 'ended' } : {};
  const known = (value: unknown, all: readonly string[]) => typeof value === 'string' && all.includes(value);
  return {
    ...view,
    ...(known(search.kind, KINDS) ? { kind: search.kind as string } : {}),
    ...(known(search.state, statesOf(view)) ? { state: search.state as string } : {}),
  };
}
