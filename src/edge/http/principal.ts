/** Who calls. */
import type { Role } from '../../../contract/names.ts';
import type { Session } from '../../staff/sessions/read.ts';

export interface StoreFacts {
  readonly id: string;
  /** ISO 3166-1 alpha-2; null when unknown. */
  readonly country: string | null;
  /** Browser origins that may use its browser keys. */
  readonly origins: readonly string[];
  readonly demo: boolean;
}

/** A person of the shop's staff, in a session that is whole. */
export type SignedIn = Session & { readonly kind: 'person' };

export type Principal =
  | { readonly kind: 'server' | 'browser'; readonly id: string; readonly store: StoreFacts }
  | { readonly kind: 'api'; readonly id: string; readonly role: Role; readonly store: StoreFacts }
  | SignedIn
  /** The command line on this machine, by the token in `run.json`; it belongs to no store. */
  | { readonly kind: 'operator' };
