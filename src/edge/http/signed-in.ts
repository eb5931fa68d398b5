/** Who is signed in: read from the cookie at every request, so that what ended a moment ago ends at the next one. */
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../../contract/names.ts';
import { CONSOLE_HEADER, SESSION_COOKIE } from '../../../contract/staff.ts';
import type { Person } from '../../gate/actor.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { readSession } from '../../staff/sessions/read.ts';
import type { SignedIn } from './principal.ts';

const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** The value of the session cookie; null when there is none, or what is there cannot be one. */
export function sessionCookie(headers: FastifyRequest['headers']): string | null {
  return cookieOf(headers, SESSION_COOKIE);
}

/** One of our own cookies: 256 bits in base64url, or null. */
export function cookieOf(headers: FastifyRequest['headers'], name: string): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const own = pairs.filter((pair) => pair.startsWith(`${name}=`));
  const value = own[0]?.slice(name.length + 1) ?? '';
  return own.length === 1 && VALUE.test(value) ? value : null;
}

/** Null without a session that is whole and lasts. */
export async function recognizePerson(ctx: Ctx, request: FastifyRequest): Promise<SignedIn | null> {
  const value = sessionCookie(request.headers);
  const session = value === null ? null : await readSession(ctx, value);
  return session === null ? null : { kind: 'person', ...session };
}

/**
 * What changes something must come from the console itself. A form or an image of another site cannot set the header,
 * and a browser says where a request comes from (OWASP ASVS 5.0, 3.5.1). Throws `forbidden`.
 */
export function needOwnPage(request: FastifyRequest): void {
  if (!fromOwnPage(request, CONSOLE_HEADER))
    throw new BaileeError('forbidden', 'This request did not come from the console.');
}

/** `header`: what the page sets with the value 1 where it changes something. */
export function fromOwnPage({ headers, method }: FastifyRequest, header: string): boolean {
  const site = headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin';
  return !foreign && (headers[header] === '1' || method === 'GET');
}

/** The person who is signed in; acting in one of `roles`, where given. Throws `sign_in_required`, `forbidden`. */
export function person(request: FastifyRequest, roles?: readonly Role[]): SignedIn {
  const { principal } = request;
  if (principal === null) throw signInRequired();
  if (principal.kind !== 'person')
    throw new BaileeError('forbidden', 'Only a person who is signed in may do this; a key may not.');
  if (roles !== undefined && !roles.includes(principal.role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles });
  return principal;
}

/** One factor is enough for one's own account and for learning, and for nothing of the store or its customers. Throws `forbidden`. */
export function needTwoFactors({ strength }: SignedIn): void {
  if (strength === 'one-factor')
    throw new BaileeError('forbidden', 'A sign-in by one factor opens no data of customers.');
}

/** A person, as the gate names who asks. */
export function personActor({ id, session, role, strength, store }: SignedIn): Person {
  return { type: 'person', id, session, role, strength, store: store.id };
}

export function signInRequired(): BaileeError {
  return new BaileeError('sign_in_required', 'Sign in first.');
}
