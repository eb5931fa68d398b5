/** Passkeys, as this browser has them: what the server asks, the device answers. */
import type { Static } from 'typebox';
import type { WaysAnswer } from '../../contract/openid.ts';
import type { NewPasskeyAnswer, PasskeyList, PasskeyQuestion } from '../../contract/passkeys.ts';
import type { Done } from '../../contract/staff.ts';
import { CallError, call } from './api/call.ts';
import type { SignedInStep } from './api/own.ts';

export const readWays = () => call<Static<typeof WaysAnswer>>('GET', '/api/session/ways');
export const listPasskeys = () => call<Static<typeof PasskeyList>>('GET', '/api/session/passkeys');
export const removePasskey = (id: string) =>
  call<Static<typeof Done>>('POST', `/api/session/passkeys/${id}/remove`);

/** True where the browser can speak of passkeys in JSON. */
export const passkeysHere =
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** A device that is not there, or a person who thought better of it. */
function failed(): CallError {
  return new CallError({ code: 'passkey', message: '', requestId: null }, 0);
}

async function answer(begin: string): Promise<unknown> {
  const { options } = await call<Static<typeof PasskeyQuestion>>('POST', begin);
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) throw failed();
  return credential.toJSON();
}

/** @throws CallError */
export async function signInByPasskey(): Promise<SignedInStep> {
  const credential = await answer('/api/session/passkey/begin');
  return call('POST', '/api/session/passkey/finish', { credential });
}

/** @throws CallError */
export async function stepUpByPasskey(): Promise<void> {
  const credential = await answer('/api/session/step-up/passkey/begin');
  await call('POST', '/api/session/step-up/passkey/finish', { credential });
}

/** @throws CallError */
export async function addPasskey(label: string): Promise<void> {
  const { options } = await call<Static<typeof NewPasskeyAnswer>>('POST', '/api/session/passkeys/begin');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = await navigator.credentials.create({ publicKey }).catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) throw failed();
  await call('POST', '/api/session/passkeys/finish', { label, credential: credential.toJSON() });
}
