/** Courses over HTTP: which there are, one to read, and its answers. */
import {
  AnswersAnswer,
  AnswersBody,
  CourseAnswer,
  CourseList,
  CoursePath,
} from '../../../contract/training.ts';
import { answerCourse } from '../../staff/training/answer-course.ts';
import { type Learner, listCourses } from '../../staff/training/list-courses.ts';
import { readCourse } from '../../staff/training/read-course.ts';
import type { Routes } from './edge.ts';
import type { Sessions, SignedIn } from './signed-in.ts';

/** Routes for whoever `sessions` says is signed in. */
export function trainingRoutes({ signedIn }: Pick<Sessions, 'signedIn'>): Routes {
  return (server, { app: { ctx } }) => {
    server.get('/training', { schema: { response: { 200: CourseList } } }, async (request) => ({
      courses: await listCourses(ctx, learnerOf(await signedIn(request))),
    }));

    server.get(
      '/training/:course',
      { schema: { params: CoursePath, response: { 200: CourseAnswer } } },
      async (request) =>
        readCourse(ctx, {
          learner: learnerOf(await signedIn(request)),
          course: request.params.course,
        }),
    );

    server.post(
      '/training/:course/answers',
      { schema: { params: CoursePath, body: AnswersBody, response: { 200: AnswersAnswer } } },
      async (request) => {
        const { version, answers } = request.body;
        const learner = learnerOf(await signedIn(request));
        return answerCourse(ctx, { learner, course: request.params.course, version, answers });
      },
    );
  };
}

function learnerOf({ actor, roles, language }: SignedIn): Learner {
  return { person: actor.id, store: actor.store, roles, language };
}
