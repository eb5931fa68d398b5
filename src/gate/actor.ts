/** Who asks. */
import type { Role } from '../../contract/names.ts';
import type { CallerFacts } from '../law/types.ts';

/** Somebody of the shop's staff, in a session: acting in one role at a time. */
export interface Person {
  readonly type: 'person';
  readonly id: string;
  readonly store: string;
  readonly role: Role;
  readonly session: string;
  /** How the session stands at this request; absent counts as one factor. */
  readonly strength?: CallerFacts['strength'];
}

export type Actor =
  | Person
  | { readonly type: 'api-key'; readonly id: string; readonly store: string; readonly role: Role }
  | { readonly type: 'job'; readonly name: string; readonly store: string };

/** Whoever asks in a role: a person or a key, not a job. */
export type Caller = Exclude<Actor, { readonly type: 'job' }>;

/** The role that `decide()` weighs. */
export function roleOf(actor: Actor): Role | 'job' {
  switch (actor.type) {
    case 'person':
    case 'api-key':
      return actor.role;
    case 'job':
      return 'job';
  }
}

/** How an entry names the actor: never by name. */
export function actorEntry(actor: Actor): Record<string, string> {
  switch (actor.type) {
    case 'person':
      return { type: 'person', id: actor.id, role: actor.role };
    case 'api-key':
      return { type: 'api-key', id: actor.id, role: actor.role };
    case 'job':
      return { type: 'job', name: actor.name };
  }
}
