/** A course to read: its lessons, and its questions without what is right. */
import type { Static } from 'typebox';
import type { CourseAnswer } from '../../../contract/training.ts';
import type { Ctx } from '../../platform/ports.ts';
import { courseOf, trainingPlan } from './catalog.ts';
import { courseState, type Learner, textOf } from './list-courses.ts';
import { readPasses } from './sql.ts';

/** Throws `not_found`. */
export async function readCourse(
  ctx: Ctx,
  input: { readonly learner: Learner; readonly course: string },
): Promise<Static<typeof CourseAnswer>> {
  const { learner } = input;
  const plan = trainingPlan();
  const course = courseOf(plan, input.course);
  const passes = await readPasses(ctx.db, learner.person);
  const { lessons, questions } = textOf(course, learner.language);
  return {
    course: courseState(ctx, plan, course, passes.get(course.id), learner),
    version: course.version,
    lessons,
    questions: questions.map(({ id, text, options }) => ({ id, text, options })),
  };
}
