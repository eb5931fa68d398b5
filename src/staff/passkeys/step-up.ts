/** A new proof of who sits there, by one of the passkeys of whoever is signed in. */
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { readPerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import type { Session } from '../sessions/read.ts';
import { stepUp } from '../sessions/start.ts';
import { askQuestion, QUESTION_SECONDS, type Question, takeQuestion } from '../sign-in/questions.ts';
import { recordRefusal } from '../sign-in/refusal.ts';
import { countTry, forgiveTry } from '../sign-in/tries.ts';
import type { Party } from './party.ts';
import { challengeOf, credentialId, handleOf, type Proof, passkeyRefused, usesPasskey } from './prove.ts';
import type { RequestOptions } from './sign-in.ts';
import { findPasskey, passkeysOf } from './sql.ts';

/** Throws `not_found` without a passkey. */
export async function beginPasskeyStepUp(
  ctx: Ctx,
  session: Session,
  party: Party,
): Promise<{ readonly value: string; readonly options: RequestOptions }> {
  const own = await passkeysOf(ctx.db, session.id);
  if (own.length === 0) throw new BaileeError('not_found', 'You have no passkey yet. Use a code.');
  // Loaded when it is needed first: it takes a third of a second, and most processes never do.
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    challenge: challengeOf(ctx),
    timeout: QUESTION_SECONDS * 1000,
    userVerification: 'required',
    allowCredentials: own.map(({ id, transports }) => ({ id: id.toString('base64url'), transports })),
  });
  const value = await askQuestion(ctx, 'passkey-step-up', {
    person: session.id,
    details: { challenge: options.challenge },
  });
  return { value, options: options as RequestOptions };
}

export interface PasskeyStepUp {
  /** Of the question. */
  readonly value: string | null;
  readonly proof: Proof;
  readonly party: Party;
  readonly network: string;
}

/** Holds for ten minutes. Resolves with the session's new value, for the cookie alone. Throws `sign_in_refused`, `too_many_tries`. */
export async function finishPasskeyStepUp(
  ctx: Ctx,
  session: Session,
  steppingUp: PasskeyStepUp,
): Promise<string> {
  const trying = { account: `passkey/${session.id}`, network: steppingUp.network };
  await countTry(ctx, trying);
  const question = await takeQuestion(ctx, 'passkey-step-up', steppingUp.value);
  const judged = await ctx.db.transaction(async (tx) => {
    const fault = await judge(ctx, tx, session, steppingUp, question);
    if (fault !== null) return { fault };
    await forgiveTry(ctx, tx, trying);
    const value = await stepUp(ctx, tx, session.session, 'passkey');
    await recordStaff(ctx, tx, {
      store: session.store.id,
      person: session.id,
      step: 'stepped-up',
      details: { session: session.session },
    });
    return { value };
  });
  if ('value' in judged) return judged.value;
  const person = { id: session.id, store_id: session.store.id };
  await recordRefusal(ctx, person, { factor: 'passkey', why: judged.fault });
  throw passkeyRefused();
}

async function judge(
  ctx: Ctx,
  tx: Transaction,
  session: Session,
  { proof, party }: PasskeyStepUp,
  question: Question | null,
): Promise<'question' | 'person' | 'proof' | 'counter' | null> {
  if (question === null || question.person !== session.id) return 'question';
  const person = await readPerson(tx, session.id, true);
  const passkey = await findPasskey(tx, credentialId(proof));
  if (person?.state !== 'active' || passkey === null || passkey.person_id !== person.id) return 'person';
  const { userHandle } = proof.response;
  if (userHandle !== undefined && userHandle !== handleOf(person.id).toString('base64url')) return 'proof';
  return usesPasskey(ctx, tx, { party, passkey, challenge: question.details.challenge ?? '', proof });
}
