/** Who is signed in, for routes that persons alone may take. */
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../../contract/names.ts';
import type { Person } from '../../gate/actor.ts';
import type { CountApprovers } from '../../staff/approvers.ts';

export interface SignedIn {
  readonly actor: Person;
  /** All that the person holds; `actor` acts in one of them. */
  readonly roles: readonly Role[];
  /** BCP 47. */
  readonly language: string;
}

export interface Sessions {
  /** Read anew for each request. Throws `unknown_key` when nobody is signed in, `forbidden` for keys. */
  readonly signedIn: (request: FastifyRequest) => Promise<SignedIn>;
  readonly approvers: CountApprovers;
}
