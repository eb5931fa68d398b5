/** A new passkey of somebody who is signed in and has just shown who they are (WebAuthn Level 3, §7.1). */
import type { RegistrationResponseJSON, VerifiedRegistrationResponse } from '@simplewebauthn/server';
import type { Static } from 'typebox';
import { MOST_PASSKEYS, type NewPasskeyAnswer, type NewPasskeyBody } from '../../../contract/passkeys.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { nameOf } from '../people/invite.ts';
import { openNamed, staffRing } from '../people/sealed.ts';
import { readPerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import type { Session } from '../sessions/read.ts';
import { askQuestion, QUESTION_SECONDS, takeQuestion } from '../sign-in/questions.ts';
import { needSteppedUp } from '../sign-in/step-up.ts';
import { passkeyName } from './name.ts';
import type { Party } from './party.ts';
import { challengeOf, handleOf, passkeyRefused } from './prove.ts';
import { insertPasskey, type NewPasskey, passkeysOf } from './sql.ts';

export type CreationOptions = Static<typeof NewPasskeyAnswer>['options'];
export type NewCredential = Static<typeof NewPasskeyBody>['credential'];

/** What the browser makes the passkey from, and the value of the question. Throws `step_up_required`, `conflict`. */
export async function beginRegistration(
  ctx: Ctx,
  session: Session,
  party: Party,
): Promise<{ readonly value: string; readonly options: CreationOptions }> {
  needSteppedUp(session);
  const person = await readPerson(ctx.db, session.id);
  if (person === null) throw new BaileeError('sign_in_required', 'Your session is over. Sign in again.');
  const ring = await staffRing(ctx, ctx.db, [person.id]);
  const owner = { id: person.id, store: person.store_id };
  const { name, email } = openNamed(ctx, ring, owner, person.row_version, person.sealed);
  const own = await passkeysOf(ctx.db, person.id);
  if (own.length >= MOST_PASSKEYS) throw tooMany();
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: `Bailee ${session.store.name}`,
    rpID: party.id,
    userID: new Uint8Array(handleOf(person.id)),
    userName: email,
    userDisplayName: name,
    challenge: challengeOf(ctx),
    timeout: QUESTION_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: own.map(({ id, transports }) => ({ id: id.toString('base64url'), transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const value = await askQuestion(ctx, 'passkey-new', {
    person: person.id,
    details: { challenge: options.challenge },
  });
  return { value, options: options as CreationOptions };
}

export interface Registering {
  /** Of the question. */
  readonly value: string | null;
  readonly label: string;
  readonly credential: NewCredential;
  readonly party: Party;
}

/** Throws `step_up_required`, `sign_in_refused`, `conflict`, `invalid_body`. */
export async function finishRegistration(
  ctx: Ctx,
  session: Session,
  { value, label, credential, party }: Registering,
): Promise<NewPasskey> {
  needSteppedUp(session);
  const question = await takeQuestion(ctx, 'passkey-new', value);
  const name = nameOf(label, '/label');
  if (question === null || question.person !== session.id) throw passkeyRefused();
  const made = await verified(party, question.details.challenge ?? '', credential);
  if (made === null) throw passkeyRefused();
  const row: NewPasskey = {
    id: Buffer.from(made.credential.id, 'base64url'),
    person_id: session.id,
    public_key: Buffer.from(made.credential.publicKey),
    counter: made.credential.counter,
    transports: [...(credential.response.transports ?? [])],
    label: name,
    created_at: new Date(ctx.clock.now()),
  };
  await ctx.db.transaction(async (tx) => {
    const person = await readPerson(tx, session.id, true);
    if (person === null || person.state !== 'active') throw passkeyRefused();
    if ((await passkeysOf(tx, session.id)).length >= MOST_PASSKEYS) throw tooMany();
    if (!(await insertPasskey(tx, row)))
      throw new BaileeError('conflict', 'This passkey is known already. Use another device.');
    await recordStaff(ctx, tx, {
      store: session.store.id,
      person: session.id,
      step: 'passkey-added',
      details: { passkey: passkeyName(row.id) },
    });
  });
  return row;
}

type Made = Extract<VerifiedRegistrationResponse, { readonly verified: true }>['registrationInfo'];

async function verified(party: Party, challenge: string, credential: NewCredential): Promise<Made | null> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  try {
    const answer = await verifyRegistrationResponse({
      response: credential as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    return answer.verified ? answer.registrationInfo : null;
  } catch {
    // The library says why, with what was sent in it; nobody is to read that.
    return null;
  }
}

function tooMany(): BaileeError {
  return new BaileeError('conflict', `You have ${MOST_PASSKEYS} passkeys. Remove one first.`);
}
