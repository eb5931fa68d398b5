/** Who asks. */
import type { Role } from '../../contract/names.ts';

export type Actor =
  | { readonly type: 'api-key'; readonly id: string; readonly store: string; readonly role: Role }
  | { readonly type: 'job'; readonly name: string; readonly store: string };

/** The role that `decide()` weighs. */
export function roleOf(actor: Actor): Role | 'job' {
  switch (actor.type) {
    case 'api-key':
      return actor.role;
    case 'job':
      return 'job';
  }
}

/** How an entry names the actor. */
export function actorEntry(actor: Actor): Record<string, string> {
  switch (actor.type) {
    case 'api-key':
      return { type: 'api-key', id: actor.id, role: actor.role };
    case 'job':
      return { type: 'job', name: actor.name };
  }
}
