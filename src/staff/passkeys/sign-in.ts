/**
 * Signing in by passkey alone: two factors at once, the device and its owner's finger, face or PIN. No address is
 * asked for, so nothing tells who has an account.
 */
import type { Static } from 'typebox';
import type { PasskeyQuestion } from '../../../contract/passkeys.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { readPerson } from '../people/sql.ts';
import { type Started, startWhole } from '../sessions/start.ts';
import { askQuestion, QUESTION_SECONDS, type Question, takeQuestion } from '../sign-in/questions.ts';
import { recordRefusal } from '../sign-in/refusal.ts';
import type { Where } from '../sign-in/sign-in.ts';
import { countTry, forgiveTry } from '../sign-in/tries.ts';
import type { Party } from './party.ts';
import { challengeOf, credentialId, handleOf, type Proof, passkeyRefused, usesPasskey } from './prove.ts';
import { findPasskey, type PasskeyRow } from './sql.ts';

export type RequestOptions = Static<typeof PasskeyQuestion>['options'];

/** What the browser asks the device, and the value of the question. */
export async function beginPasskeySignIn(
  ctx: Ctx,
  party: Party,
): Promise<{ readonly value: string; readonly options: RequestOptions }> {
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: challengeOf(ctx),
    timeout: QUESTION_SECONDS * 1000,
    userVerification: 'required',
  });
  const value = await askQuestion(ctx, 'passkey', {
    person: null,
    details: { challenge: options.challenge },
  });
  return { value, options: options as RequestOptions };
}

export interface PasskeySignIn {
  /** Of the question. */
  readonly value: string | null;
  readonly proof: Proof;
  readonly party: Party;
  readonly where: Where;
}

/**
 * A whole session. Says the same of a passkey that nobody has, of one whose person left, and of a wrong answer.
 * Throws `sign_in_refused`, `too_many_tries`.
 */
export async function finishPasskeySignIn(ctx: Ctx, signingIn: PasskeySignIn): Promise<Started> {
  const { value, proof, where } = signingIn;
  // Not the person's account: wrong passwords from afar must not shut out who holds the device.
  const trying = { account: `passkey/${proof.id}`, network: where.network };
  await countTry(ctx, trying);
  const question = await takeQuestion(ctx, 'passkey', value);
  const passkey = await findPasskey(ctx.db, credentialId(proof));
  if (passkey === null) throw passkeyRefused();
  const started = await ctx.db.transaction(async (tx) => {
    const judged = await judge(ctx, tx, signingIn, question, passkey);
    if (typeof judged !== 'string') await forgiveTry(ctx, tx, trying);
    return judged;
  });
  if (typeof started !== 'string') return started;
  const person = { id: passkey.person_id, store_id: passkey.store_id };
  await recordRefusal(ctx, person, { factor: 'passkey', why: started });
  throw passkeyRefused();
}

async function judge(
  ctx: Ctx,
  tx: Transaction,
  { proof, party, where }: PasskeySignIn,
  question: Question | null,
  { person_id, id }: PasskeyRow,
): Promise<Started | 'question' | 'person' | 'proof' | 'counter'> {
  if (question === null) return 'question';
  const person = await readPerson(tx, person_id, true);
  // Read again: it may have been removed, or used, before the person's row was ours.
  const passkey = await findPasskey(tx, id);
  if (person === null || person.state !== 'active' || passkey === null) return 'person';
  // Without an address it is the device that says whose passkey this is (§7.2, step 6).
  if (proof.response.userHandle !== handleOf(person.id).toString('base64url')) return 'proof';
  const fault = await usesPasskey(ctx, tx, {
    party,
    passkey,
    challenge: question.details.challenge ?? '',
    proof,
  });
  if (fault !== null) return fault;
  return startWhole(ctx, tx, { person, factors: ['passkey'], device: where.device });
}
