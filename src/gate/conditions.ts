/** Conditions of the person who asks, as they stand in the transaction that decides: nothing is taken from the session but how it was signed in. */
import type { Purpose } from '../../contract/names.ts';
import { REASONS } from '../law/reasons.ts';
import type { CallerFacts, Decision, FieldAnswer } from '../law/types.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { relationTo } from '../staff/known/relation.ts';
import { trainingMissing } from '../staff/training/missing.ts';
import { openGlass } from '../vault/alerts.ts';
import { lockUsable } from '../vault/approvals.ts';
import { personTokens } from '../vault/identify.ts';
import type { Actor, Person } from './actor.ts';
import type { Evidence, Weighed } from './evidence.ts';

/** An explicit ask for named fields, and why, in the person's own words. */
export interface Reveal {
  readonly reason: string;
}

export interface Approval {
  readonly id: string;
  readonly fields: readonly string[];
}

export interface Conditions {
  /** Without approvals: those come opening by opening, since each opens once. */
  readonly caller: CallerFacts;
  /** Courses that the role asks for and that are missing. */
  readonly courses: readonly string[];
  readonly approvals: readonly Approval[];
  /** A break-glass of this person for this customer, role and purpose that has not ended. */
  readonly glass: string | null;
}

export interface Asked {
  readonly purpose: Purpose;
  /** Those who belong together. */
  readonly customers: readonly string[];
  readonly reveal?: Reveal;
}

/** Null for jobs and keys: nobody sits there who could be trained, or be anybody's neighbor. */
export async function conditionsOf(
  ctx: Ctx,
  tx: Tx,
  actor: Actor,
  { purpose, customers, reveal }: Asked,
): Promise<Conditions | null> {
  if (actor.type !== 'person') return null;
  const now = new Date(ctx.clock.now());
  const own = { person: actor.id, role: actor.role, purpose, customers, now };
  const tokens = await personTokens(tx, customers);
  const [relation, courses, glass, approvals] = await Promise.all([
    relationTo(ctx, tx, { person: actor.id, store: actor.store }, tokens),
    trainingMissing(ctx, tx, actor.id, actor.role),
    openGlass(tx, own),
    reveal === undefined ? [] : lockUsable(tx, own),
  ]);
  const caller = { ...standing(actor, courses), relation, reveal: reveal !== undefined };
  return { caller, courses, approvals, glass };
}

/** What holds of a person whoever is looked at. A session that does not say how it was signed in counts as the weakest. */
export function standing(person: Person, courses: readonly string[]): CallerFacts {
  return { trained: courses.length === 0, strength: person.strength ?? 'one-factor' };
}

/** A reason alone serves the privacy officer; to others it serves while they have broken glass. */
export function underGlass(
  weighed: Weighed,
  evidence: Evidence | null,
  conditions: Conditions | null,
): Weighed {
  const glass = conditions?.glass ?? null;
  if (glass === null || evidence === null || !('reason' in evidence)) return weighed;
  return { ...weighed, found: { kind: 'break-glass', holds: true }, glass };
}

/** Checks what asks to reveal. Throws `forbidden` for keys and jobs, `invalid_body` unless one to five fields are named. */
export function needRevealable(actor: Actor, fields: readonly string[] | undefined, reveal: Reveal): void {
  if (actor.type !== 'person')
    throw new BaileeError(
      'forbidden',
      'Only a person in a session can ask to reveal: a key gives no reasons.',
    );
  const named = new Set(fields ?? []).size;
  if (named < 1 || named > 5)
    throw new BaileeError('invalid_body', 'Name one to five fields to reveal.', { path: '/fields' });
  if (reveal.reason.trim() === '' || !reveal.reason.isWellFormed())
    throw new BaileeError('invalid_body', 'Say why these fields are needed.', { path: '/reveal/reason' });
}

/** Fields that were asked for and stay hidden for want of a second person, or of a newer proof of who asks, are an error: `approval_required`, `step_up_required`. */
export function needRevealed({ fields }: Decision): void {
  const lacking = ({ rule }: { readonly rule: string }) =>
    fields.filter((field) => field.because.some((reason) => reason.rule === rule)).map(nameOf);
  const unapproved = lacking(REASONS.approvalMissing);
  if (unapproved.length > 0)
    throw new BaileeError('approval_required', 'A second person must approve these fields first.', {
      fields: unapproved,
    });
  const unproved = lacking(REASONS.stepUpMissing);
  if (unproved.length > 0)
    throw new BaileeError('step_up_required', 'Prove who you are once more to see these fields.', {
      fields: unproved,
    });
}

/** Of `approvals` those that this decision used. */
export function usedOf({ fields }: Decision, approvals: readonly Approval[]): Approval[] {
  const opened = fields
    .filter(({ because }) => because.some(({ rule }) => rule === REASONS.approved.rule))
    .map(nameOf);
  return approvals.filter((approval) => approval.fields.some((name) => opened.includes(name)));
}

function nameOf({ name }: FieldAnswer): string {
  return name;
}

export function personKnown(): BaileeError {
  return new BaileeError(
    'person_known',
    'You know this person, so somebody else has to look. The privacy officer is told.',
  );
}
