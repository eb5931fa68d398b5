/** The courses, as they stand for one person. */
import type { Static } from 'typebox';
import type { Role } from '../../../contract/names.ts';
import type { CourseList } from '../../../contract/training.ts';
import type { Ctx } from '../../platform/ports.ts';
import { type Course, type TrainingPlan, trainingPlan } from './catalog.ts';
import { type Pass, passState, validUntil } from './passes.ts';
import { readPasses } from './sql.ts';

export interface Learner {
  readonly person: string;
  readonly store: string;
  /** All that the person holds. */
  readonly roles: readonly Role[];
  /** BCP 47. */
  readonly language: string;
}

type CourseState = Static<typeof CourseList>['courses'][number];

/** Those that a role of the person asks for come first. */
export async function listCourses(ctx: Ctx, learner: Learner): Promise<CourseState[]> {
  const plan = trainingPlan();
  const passes = await readPasses(ctx.db, learner.person);
  return [...plan.courses.values()]
    .map((course) => courseState(ctx, plan, course, passes.get(course.id), learner))
    .sort((a, b) => Number(b.required) - Number(a.required));
}

/** A course as it stands for a person. */
export function courseState(
  { clock }: Pick<Ctx, 'clock'>,
  plan: TrainingPlan,
  course: Course,
  pass: Pass | undefined,
  { roles, language }: Learner,
): CourseState {
  const until = validUntil(course, pass);
  return {
    id: course.id,
    title: textOf(course, language).title,
    minutes: course.minutes,
    required: roles.some((role) => plan.roles[role]?.includes(course.id) === true),
    state: passState(course, pass, clock.now()),
    passedAt: pass?.passedAt?.toISOString() ?? null,
    until: until === null ? null : new Date(until).toISOString(),
  };
}

/** The course in a language; English where there is none. */
export function textOf(course: Course, language: string) {
  return course.texts.get(language) ?? course.texts.get('en')!;
}
