/** Questions that are asked of a browser and answered once. The browser holds a value; here is its SHA-256. */
import type { Ctx } from '../../platform/ports.ts';
import { hashOf } from '../sessions/read.ts';

export type QuestionKind = 'passkey' | 'passkey-new' | 'passkey-step-up' | 'openid';

/** Seconds until a question is over. */
export const QUESTION_SECONDS = 300;
const VALUE_BYTES = 32;

export interface Question {
  /** Who was asked; null where nobody is known yet. */
  readonly person: string | null;
  /** What the answer is judged by; never leaves but in the question itself. */
  readonly details: Readonly<Record<string, string>>;
}

/** Answers the value for the browser's cookie. */
export async function askQuestion(ctx: Ctx, kind: QuestionKind, question: Question): Promise<string> {
  const value = ctx.random.bytes(VALUE_BYTES).toString('base64url');
  const now = ctx.clock.now();
  // Whoever begins and never ends leaves nothing behind for long.
  await ctx.db.query({
    name: 'question_forget',
    text: 'DELETE FROM bailee.sign_in_question WHERE until < $1',
    values: [new Date(now)],
  });
  await ctx.db.query({
    name: 'question_ask',
    text: `INSERT INTO bailee.sign_in_question (hash, kind, person_id, details, until) VALUES ($1, $2, $3, $4, $5)`,
    values: [
      hashOf(value),
      kind,
      question.person,
      JSON.stringify(question.details),
      new Date(now + QUESTION_SECONDS * 1000),
    ],
  });
  return value;
}

/** Takes the question away, whatever comes of the answer: it is judged once. Null when it is over or never was. */
export async function takeQuestion(
  ctx: Ctx,
  kind: QuestionKind,
  value: string | null,
): Promise<Question | null> {
  if (value === null) return null;
  const { rows } = await ctx.db.query<Question & { until: Date }>({
    name: 'question_take',
    text: `DELETE FROM bailee.sign_in_question WHERE hash = $1 AND kind = $2
           RETURNING person_id AS person, details, until`,
    values: [hashOf(value), kind],
  });
  const [row] = rows;
  return row === undefined || row.until.getTime() <= ctx.clock.now() ? null : row;
}
