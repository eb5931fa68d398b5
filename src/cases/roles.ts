/** Who works on cases, in one place. */
import type { Role } from '../../contract/names.ts';
import { type Actor, type Caller, type Person, roleOf } from '../gate/actor.ts';
import { BaileeError } from '../platform/errors.ts';
import type { CaseMeta } from '../vault/case-rows.ts';

/**
 * Support answers customers, and the order desk answers for deliveries and returns. Marketing and analysts have no
 * business with what a customer complains of; security looks at people of the shop, not at cases; the administrator
 * and the auditor see no customer at all.
 */
const WORKERS: readonly Role[] = ['support', 'order-desk'];
/** The privacy officer sees all, and works on what the law asks of that office: privacy, and complaints. */
export const READERS: readonly Role[] = [...WORKERS, 'privacy-officer'];

/** Throws `forbidden` unless the role sees cases. */
export function needReader(actor: Actor): void {
  const role = roleOf(actor);
  if (role === 'job' || !READERS.includes(role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles: READERS });
}

/** Throws `forbidden` unless the role works on cases of this kind. */
export function needWorker(actor: Actor, { topic, kind }: Pick<CaseMeta, 'topic' | 'kind'>): void {
  needReader(actor);
  const officer = roleOf(actor) === 'privacy-officer';
  if (officer && topic !== 'privacy' && kind !== 'complaint')
    throw new BaileeError('forbidden', 'A privacy officer works on complaints and on cases about privacy.');
}

/** What is written and decided in a case has somebody who answers for it. Throws `forbidden` for keys and jobs. */
export function workingPerson(actor: Actor): Person {
  needReader(actor);
  if (actor.type !== 'person')
    throw new BaileeError('forbidden', 'Only a person who is signed in may do this; a key may not.');
  return actor;
}

/** Whoever writes a case down: a person, or the shop's own system by its key. */
export function keeper(actor: Actor): Caller {
  needReader(actor);
  if (actor.type === 'job') throw new BaileeError('forbidden', 'A job writes down no case.');
  return actor;
}
