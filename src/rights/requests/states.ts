/** What may follow what in a request: one machine for every kind. */
import type { RequestKind, RequestState, RequestStep } from '../../../contract/requests.ts';
import type { RequestRow } from '../../vault/requests.ts';

/** Somebody who says no to a use needs to prove nothing: a wrong no harms nobody (11 CCR 7026(d), 7027(e)). */
const NEED_NO_PROOF: readonly RequestKind[] = [
  'objection',
  'withdrawal',
  'opt-out',
  'limit-sensitive',
  'complaint',
];

export function needsProof(kind: RequestKind): boolean {
  return !NEED_NO_PROOF.includes(kind);
}

const OPEN: readonly RequestStep[] = ['wait', 'refuse', 'withdraw'];

const FOLLOWS: Readonly<Record<RequestState, readonly RequestStep[]>> = {
  received: ['prove', ...OPEN],
  'identity-checked': ['start', 'extend', 'fulfil', ...OPEN],
  'in-progress': ['extend', 'fulfil', ...OPEN],
  extended: ['fulfil', ...OPEN],
  appealed: ['fulfil', 'refuse', 'withdraw'],
  refused: ['appeal'],
  fulfilled: ['lift'],
  withdrawn: [],
};

export type Standing = Pick<
  RequestRow,
  'kind' | 'state' | 'acknowledged_at' | 'extended_at' | 'waits_since' | 'appealed_at' | 'ended_at'
>;

/** The steps that are open. `extendable`: a law in play allows more time. */
export function nextSteps(row: Standing, extendable: boolean): RequestStep[] {
  const also: RequestStep[] = [];
  if (row.state === 'received' && !needsProof(row.kind)) also.push('start', 'extend', 'fulfil');
  if (row.ended_at === null && row.acknowledged_at === null) also.push('acknowledge');
  const steps = [...also, ...FOLLOWS[row.state]].map((step) =>
    step === 'wait' && row.waits_since !== null ? 'resume' : step,
  );
  return [...new Set(steps)].filter((step) => {
    if (step === 'extend') return extendable && row.extended_at === null && row.state !== 'extended';
    if (step === 'appeal') return row.appealed_at === null;
    // A restriction lasts until it is lifted, and of what was done nothing else is undone.
    if (step === 'lift') return row.kind === 'restriction';
    return true;
  });
}

/** The state after a step that was open. */
export function stateAfter(step: RequestStep, state: RequestState): RequestState {
  switch (step) {
    case 'prove':
      return 'identity-checked';
    case 'start':
      return 'in-progress';
    case 'extend':
      return 'extended';
    case 'fulfil':
      return 'fulfilled';
    case 'refuse':
      return 'refused';
    case 'withdraw':
    case 'lift':
      return 'withdrawn';
    case 'appeal':
      return 'appealed';
    case 'acknowledge':
    case 'wait':
    case 'resume':
      return state;
  }
}
