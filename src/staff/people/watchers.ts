/** Rights by which one could stand in as the second person: whoever gives them is not the only one to know of it. */
import type { Role } from '../../../contract/names.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import { alertWatchers } from '../alert.ts';
import { type By, OPERATOR } from './by.ts';

const WATCHING: readonly Role[] = ['privacy-officer', 'security'];

/** True when somebody who holds `before` would watch over others as something more. */
export function watchesNow(
  roles: readonly { readonly role: Role }[],
  before: readonly { readonly role: Role }[],
): boolean {
  return roles.some(({ role }) => WATCHING.includes(role) && !before.some((held) => held.role === role));
}

/** An alert about whoever was given them. What the operator does is not of the console. */
export async function tellRights(ctx: Ctx, tx: Tx, by: By, person: string): Promise<void> {
  if (by.id !== OPERATOR) await alertWatchers(ctx, tx, { kind: 'rights-given', store: by.store, person });
}
