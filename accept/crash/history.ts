/** What the clients of a schedule saw, line by line: the ground that the promises are judged on. */
import type { Purpose } from '../../contract/names.ts';

/** An opening that was answered. */
export interface Seen {
  readonly id: string;
  readonly index: number;
  readonly customer: string;
  readonly purpose: Purpose;
  /** Names of what was shown, masked or not, and not empty. */
  readonly shown: readonly string[];
  /** Its entry could be read by someone else at the moment of the answer. */
  readonly durable: boolean;
}

export type Answer =
  | {
      readonly kind: 'collect' | 'merge';
      readonly accepted: number;
      readonly notCollected: number;
      readonly quarantined: number;
    }
  | { readonly kind: 'open'; readonly seen: readonly Seen[] }
  | { readonly kind: 'erase'; readonly erasure: string; readonly customers: readonly string[] }
  | { readonly kind: 'choose' | 'rotate' | 'sequence' | 'sweep' };

export interface Person {
  readonly user: string;
  readonly device: string;
}

export type Line =
  | { readonly type: 'setup'; readonly store: string; readonly people: readonly Person[] }
  | { readonly type: 'start'; readonly client: number; readonly at: number }
  | { readonly type: 'answer'; readonly client: number; readonly at: number; readonly answer: Answer }
  | {
      readonly type: 'error';
      readonly client: number;
      readonly at: number;
      /** Code of the error, or its name and message where it has none. */
      readonly what: string;
      readonly injected: boolean;
      /** Personal content stood in the error. */
      readonly leaked: boolean;
    }
  | { readonly type: 'end'; readonly struck: boolean; readonly sites: readonly string[] };

export const nameOf = (client: number, at: number) => `${client}/${at}`;
