/** What a caller answered: passed or failed, and no more. */
import { timingSafeEqual } from 'node:crypto';
import type { Purpose } from '../../../contract/names.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { BaileeError } from '../../platform/errors.ts';
import {
  answerCheck,
  type CallerCheckRow,
  lockCheck,
  openRight,
  passCheck,
} from '../../vault/caller-checks.ts';
import type { Caller } from '../actor.ts';
import { openerFor } from '../answer.ts';
import { type AtWork, atWork, recordWork } from '../at-work.ts';
import type { GateCtx } from '../context.ts';
import { needStanding } from '../watchers.ts';
import { needAsker, needTriesLeft } from './ask.ts';

const HOLDS = 30 * 60_000;

export interface AnswerCaller {
  readonly actor: Caller;
  readonly customer: string;
  readonly check: string;
  /** In the order of the questions. */
  readonly answers: readonly string[];
}

export interface CallerAnswered {
  readonly passed: boolean;
  /** ISO 8601; null when failed. */
  readonly verifiedUntil: string | null;
}

/**
 * A check is answered once, by who asked it, within ten minutes. Throws `not_found`, `conflict` when it is over,
 * `invalid_body` unless every question is answered, `too_many_tries`, `training_required`, `forbidden`, `person_known`.
 */
export async function answerCaller(ctx: GateCtx, input: AnswerCaller): Promise<CallerAnswered> {
  const { actor, customer } = input;
  needAsker(actor);
  // Whose purpose it was stands in the row; a refusal names the plainest.
  const work = { actor, customer, purpose: 'customer-service' satisfies Purpose, mode: 'update' } as const;
  const { row, cluster, gathered } = await atWork(ctx, work, async (at) => ({
    row: await take(ctx, at, input),
    cluster: at.cluster,
    gathered: at.gathered,
  }));
  // It counts as failed from here on, and that is durable: now the right answers may be opened.
  const opener = openerFor(ctx, actor.store, { cluster, gathered }, [COLUMNS.callerCheck]);
  const passed = allRight(openRight(opener, row), input.answers);
  const until = new Date(ctx.clock.now() + HOLDS);
  await atWork(ctx, work, async (at) => {
    if (passed) await passCheck(at.tx, row, until);
    await recordStep(ctx, at, actor, row, passed ? 'passed' : 'failed');
  });
  return { passed, verifiedUntil: passed ? until.toISOString() : null };
}

async function take(
  ctx: GateCtx,
  at: AtWork,
  { actor, check, answers }: AnswerCaller,
): Promise<CallerCheckRow> {
  if (at.conditions !== null) needStanding(at.conditions);
  const row = await lockCheck(at.tx, [...at.cluster.members], check);
  if (row === null || row.asked_by !== actor.id || row.role !== actor.role)
    throw new BaileeError('not_found', 'You asked no such questions of this customer.');
  const now = ctx.clock.now();
  await needTriesLeft(at, now);
  if (row.state !== 'asked' || row.until.getTime() <= now)
    throw new BaileeError('conflict', 'These questions were answered before, or waited too long. Ask again.');
  if (answers.length !== QUESTIONS)
    throw new BaileeError('invalid_body', 'Answer every question.', { path: '/answers' });
  await answerCheck(at.tx, row, new Date(now));
  await recordStep(ctx, at, actor, row, 'answered');
  return row;
}

const QUESTIONS = 3;

/** Compares all of them, so that nothing tells which was wrong. */
function allRight(right: readonly string[] | null, answers: readonly string[]): boolean {
  if (right === null || right.length !== answers.length) return false;
  const spelled = (texts: readonly string[]) => Buffer.from(JSON.stringify(texts));
  const [a, b] = [spelled(right), spelled(answers)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function recordStep(
  ctx: GateCtx,
  { tx, gathered, cluster }: AtWork,
  actor: Caller,
  { id, purpose }: CallerCheckRow,
  step: 'answered' | 'passed' | 'failed',
): Promise<void> {
  const details = { step, subject: id, purpose };
  await recordWork(ctx, tx, gathered.ring, cluster.root, { kind: 'caller-check', actor, details });
}
