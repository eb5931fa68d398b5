/**
 * Signing in by the company's own provider. It says who somebody is; who works here, and as what, is for Bailee to say.
 */
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { staffToken, subjectToken } from '../../keys/blind.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { findByEmail, type PersonRow, readPerson, updatePerson } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import { type Started, startWhole } from '../sessions/start.ts';
import { askQuestion, takeQuestion } from '../sign-in/questions.ts';
import { recordRefusal } from '../sign-in/refusal.ts';
import type { Where } from '../sign-in/sign-in.ts';
import { authorizationUrl, type Checks, exchange, openidRefused, type Vouched } from './provider.ts';
import { findOpenidLink, insertOpenidLink, type LinkKey, linkedSubject } from './sql.ts';

const BYTES = 32;

/** Where to send the browser, and the value of the question. Throws `not_found`, `sign_in_unavailable`. */
export async function beginOpenid(
  ctx: Ctx,
  back: string,
): Promise<{ readonly value: string; readonly url: string }> {
  const random = () => ctx.random.bytes(BYTES).toString('base64url');
  const checks = { state: random(), nonce: random(), verifier: random(), back } satisfies Checks;
  const url = await authorizationUrl(ctx, checks);
  return { value: await askQuestion(ctx, 'openid', { person: null, details: checks }), url: url.href };
}

export interface OpenidAnswer {
  /** Of the question. */
  readonly value: string | null;
  /** The query with which the browser came back, with its question mark. */
  readonly answer: string;
  readonly where: Where;
}

/**
 * A session: whole, and of two factors only where the provider says so. The first time somebody is known by an address
 * that the provider verified; from then on by the provider's own name for them, whatever their address.
 * Throws `sign_in_refused`, `sign_in_unavailable`.
 */
export async function finishOpenid(ctx: Ctx, { value, answer, where }: OpenidAnswer): Promise<Started> {
  const question = await takeQuestion(ctx, 'openid', value);
  if (question === null) throw openidRefused();
  const { state = '', nonce = '', verifier = '', back = '' } = question.details;
  const vouched = await exchange(ctx, { state, nonce, verifier, back }, answer);
  const link = { issuer: vouched.issuer, subject: subjectToken(ctx, vouched.issuer, vouched.subject) };
  const found = await findPerson(ctx, link, vouched);
  if (found === null) throw openidRefused();
  const started = await ctx.db.transaction((tx) => judge(ctx, tx, { found, link, vouched, where }));
  if (started !== null) return started;
  await recordRefusal(ctx, found, { factor: 'openid' });
  throw openidRefused();
}

/** By the link, else by the address; nobody where neither is known. */
async function findPerson(ctx: Ctx, link: LinkKey, vouched: Vouched): Promise<PersonRow | null> {
  const linked = await findOpenidLink(ctx.db, link);
  if (linked !== null) return readPerson(ctx.db, linked);
  const email = await vouched.email();
  const normalized = email === null ? null : normalizeIdentifier('email', email);
  return normalized?.ok === true ? findByEmail(ctx.db, staffToken(ctx, normalized.value)) : null;
}

interface Judged {
  readonly found: PersonRow;
  readonly link: LinkKey;
  readonly vouched: Vouched;
  readonly where: Where;
}

async function judge(
  ctx: Ctx,
  tx: Transaction,
  { found, link, vouched, where }: Judged,
): Promise<Started | null> {
  const person = await readPerson(tx, found.id, true);
  if (person === null || person.state === 'left') return null;
  const linked = await linkedSubject(tx, link.issuer, person.id);
  // An address that was given to somebody else at the provider opens nothing here.
  if (linked !== null && !linked.equals(link.subject)) return null;
  if (linked === null) await join(ctx, tx, person, link);
  const factors = vouched.twoFactors ? (['openid', 'code'] as const) : (['openid'] as const);
  return startWhole(ctx, tx, { person, factors, device: where.device });
}

async function join(ctx: Ctx, tx: Transaction, person: PersonRow, link: LinkKey): Promise<void> {
  const now = new Date(ctx.clock.now());
  const of = { store: person.store_id, person: person.id };
  await insertOpenidLink(tx, link, person.id, now);
  await recordStaff(ctx, tx, { ...of, step: 'openid-linked' });
  if (person.state !== 'invited') return;
  await updatePerson(tx, person.id, { state: 'active', joinedAt: now });
  // The link in the invitation has done its work; whoever finds it later begins nothing anew.
  await tx.query({ text: 'DELETE FROM bailee.invitation WHERE person_id = $1', values: [person.id] });
  await recordStaff(ctx, tx, { ...of, step: 'joined' });
}
