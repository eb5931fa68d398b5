/** Answering a course: passed at four of five. */

import type { Static } from 'typebox';
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import type { AnswersAnswer } from '../../../contract/training.ts';
import { INSTALLATION, makeMissing, readRing } from '../../keys/ring.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Ctx } from '../../platform/ports.ts';
import { recordSoon } from '../../vault/record.ts';
import { courseOf, trainingPlan } from './catalog.ts';
import { type Learner, textOf } from './list-courses.ts';
import { VALID_DAYS } from './passes.ts';
import { writeAttempt } from './sql.ts';

const DAY = 86_400_000;

export interface AnswerCourse {
  readonly learner: Learner;
  readonly course: string;
  /** That was read. */
  readonly version: number;
  /** Question to option; one that is missing is wrong. */
  readonly answers: Readonly<Record<string, string>>;
}

/**
 * Marks the answers. Passed at 80 %, for 365 days. Of those that were wrong it tells why, and not which option is
 * right. Every attempt is counted, and a pass is an entry in the ledger.
 * Throws `not_found`; `conflict` when the course has changed since it was read.
 */
export async function answerCourse(ctx: Ctx, input: AnswerCourse): Promise<Static<typeof AnswersAnswer>> {
  const { learner, answers } = input;
  const course = courseOf(trainingPlan(), input.course);
  if (course.version !== input.version)
    throw new BaileeError('conflict', 'This course has changed since you read it. Read it again.', {
      version: course.version,
    });
  const { questions } = textOf(course, learner.language);
  const wrong = questions.filter(({ id, right }) => !Object.hasOwn(answers, id) || answers[id] !== right);
  const of = questions.length;
  const passed = (of - wrong.length) * 5 >= of * 4;
  const now = ctx.clock.now();
  const until = new Date(now + VALID_DAYS * DAY);
  await ctx.db.transaction(async (tx) => {
    const pass = passed ? { version: course.version, until } : null;
    await writeAttempt(tx, learner.person, course.id, new Date(now), pass);
    if (!passed) return;
    const ring = await readRing(ctx, tx, [INSTALLATION]);
    await makeMissing(ctx, tx, ring, [{ customer: INSTALLATION, class: RETENTION_CLASSES.service }]);
    const entry = {
      v: 1,
      kind: 'training',
      at: now,
      store: learner.store,
      person: learner.person,
      course: course.id,
      version: course.version,
      until: until.getTime(),
    };
    await recordSoon(ctx, tx, learner.store, ring, [{ customer: INSTALLATION, kind: 'training', entry }]);
  });
  return {
    passed,
    right: of - wrong.length,
    of,
    wrong: wrong.map(({ id, why }) => ({ question: id, why })),
    until: passed ? until.toISOString() : null,
  };
}
