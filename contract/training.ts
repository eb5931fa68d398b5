/** Training: short courses that open data. Bodies and answers of `/api/training`. */
import { Type } from 'typebox';

const Time = Type.String({ maxLength: 40 });
const Course = Type.Object({
  id: Type.String(),
  title: Type.String(),
  minutes: Type.Integer(),
  /** A role of this person asks for it. */
  required: Type.Boolean(),
  state: Type.Union([Type.Literal('missing'), Type.Literal('valid'), Type.Literal('expired')]),
  passedAt: Type.Union([Time, Type.Null()]),
  until: Type.Union([Time, Type.Null()]),
});
export const CoursePath = Type.Object({ course: Type.String({ maxLength: 60 }) });
export const CourseList = Type.Object({ courses: Type.Immutable(Type.Array(Course)) });
export const CourseAnswer = Type.Object({
  course: Course,
  version: Type.Integer(),
  lessons: Type.Immutable(
    Type.Array(Type.Object({ title: Type.String(), paragraphs: Type.Immutable(Type.Array(Type.String())) })),
  ),
  questions: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Type.String(),
        text: Type.String(),
        options: Type.Immutable(Type.Array(Type.Object({ id: Type.String(), text: Type.String() }))),
      }),
    ),
  ),
});
export const AnswersBody = Type.Object(
  {
    version: Type.Integer(),
    /** Question to the option chosen. */
    answers: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
);
export const AnswersAnswer = Type.Object({
  passed: Type.Boolean(),
  right: Type.Integer(),
  of: Type.Integer(),
  /** Questions answered wrongly, with the sentence that explains it; the right option is not told. */
  wrong: Type.Immutable(Type.Array(Type.Object({ question: Type.String(), why: Type.String() }))),
  until: Type.Union([Time, Type.Null()]),
});
