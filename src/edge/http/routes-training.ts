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
import type { Edge, Server } from './edge.ts';
import type { SignedIn } from './principal.ts';
import { person } from './signed-in.ts';

export function trainingRoutes(server: Server, { app: { ctx } }: Edge): void {
  server.get('/training', { schema: { response: { 200: CourseList } } }, async (request) => ({
    courses: await listCourses(ctx, learnerOf(person(request))),
  }));

  server.get(
    '/training/:course',
    { schema: { params: CoursePath, response: { 200: CourseAnswer } } },
    async (request) =>
      readCourse(ctx, {
        learner: learnerOf(person(request)),
        course: request.params.course,
      }),
  );

  server.post(
    '/training/:course/answers',
    { schema: { params: CoursePath, body: AnswersBody, response: { 200: AnswersAnswer } } },
    async (request) => {
      const { version, answers } = request.body;
      const learner = learnerOf(person(request));
      return answerCourse(ctx, { learner, course: request.params.course, version, answers });
    },
  );
}

function learnerOf({ id, store, roles, language }: SignedIn): Learner {
  return { person: id, store: store.id, roles, language };
}
