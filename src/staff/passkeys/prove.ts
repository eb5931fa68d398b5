/** Judging what a passkey answers to a challenge (WebAuthn Level 3, §7.2). */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Static } from 'typebox';
import type { PasskeyProof } from '../../../contract/passkeys.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';
import type { Party } from './party.ts';
import { type PasskeyRow, usePasskey } from './sql.ts';

export type Proof = Static<typeof PasskeyProof>;

export interface Proving {
  readonly party: Party;
  readonly passkey: PasskeyRow;
  readonly challenge: string;
  readonly proof: Proof;
}

export const CHALLENGE_BYTES = 32;

/** Bytes that the library takes as its own. */
export function challengeOf(ctx: Ctx): Uint8Array<ArrayBuffer> {
  return new Uint8Array(ctx.random.bytes(CHALLENGE_BYTES));
}

/** Bytes of a person's id: what the device gives back to say whose the passkey is. */
export function handleOf(person: string): Buffer {
  return Buffer.from(person.replaceAll('-', ''), 'hex');
}

export function credentialId(proof: Pick<Proof, 'id'>): Buffer {
  return Buffer.from(proof.id, 'base64url');
}

/**
 * Null when it holds, and then the use is counted; otherwise why not. `counter`: the signature is right, and the device
 * counts fewer uses than it did before, so there are two of it. The person's row must be locked: uses come one by one.
 */
export async function usesPasskey(
  ctx: Ctx,
  tx: Tx,
  { party, passkey, challenge, proof }: Proving,
): Promise<'proof' | 'counter' | null> {
  const before = Number(passkey.counter);
  const after = await verified(party, passkey, challenge, proof);
  if (after === null) return 'proof';
  if ((after > 0 || before > 0) && after <= before) return 'counter';
  await usePasskey(tx, passkey.id, after, new Date(ctx.clock.now()));
  return null;
}

/** The device's count of uses; null when origin, name, challenge, presence, verification or signature are not right. */
async function verified(
  party: Party,
  passkey: PasskeyRow,
  challenge: string,
  proof: Proof,
): Promise<number | null> {
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { verified: right, authenticationInfo } = await verifyAuthenticationResponse({
      response: proof as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.id.toString('base64url'),
        publicKey: new Uint8Array(passkey.public_key),
        // Counted by us, after the signature: only the device itself can say that there are two of it.
        counter: 0,
      },
    });
    return right ? authenticationInfo.newCounter : null;
  } catch {
    // The library says why, with what was sent in it; nobody is to read that.
    return null;
  }
}

export function passkeyRefused(): BaileeError {
  return new BaileeError(
    'sign_in_refused',
    'This passkey was not accepted, or that took too long. Try again, or sign in another way.',
  );
}
