/**
 * How often somebody may try. What is counted per address and per order has a small count for one network and a larger one
 * for all, so that a flood from elsewhere stops codes for an address and never the hand-over from the shop's own sign-in.
 */
import type { Limit } from '../../staff/sign-in/tries.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface TryingOf {
  readonly store: string;
  /** Normalized address, or the number of an order: what is tried. */
  readonly what: string;
  /** Where from, as coarsely as `networkOf` says it. */
  readonly network: string;
}

/** Mails that an address is sent. */
export function codeLimits({ store, what, network }: TryingOf): readonly Limit[] {
  return [
    { who: `center/network/${network}`, most: 100, windowMs: 15 * MINUTE },
    { who: `center/code/${store}/${what}/${network}`, most: 3, windowMs: 15 * MINUTE },
    { who: `center/code/${store}/${what}`, most: 10, windowMs: HOUR },
  ];
}

/** Each code counts its own guesses; so many guesses come from one network. */
export function guessLimits({ network }: Pick<TryingOf, 'network'>): readonly Limit[] {
  return [{ who: `center/guess/${network}`, most: 100, windowMs: 15 * MINUTE }];
}

export function orderLimits({ store, what, network }: TryingOf): readonly Limit[] {
  return [
    { who: `center/network/${network}`, most: 100, windowMs: 15 * MINUTE },
    { who: `center/order/${store}/${what}/${network}`, most: 5, windowMs: 15 * MINUTE },
    { who: `center/order/${store}/${what}`, most: 30, windowMs: HOUR },
  ];
}
