/** The courses of `packs/training`, and which role asks for which. Read once; a faulty file fails with its name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';
import { ROLES, type Role } from '../../../contract/names.ts';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]{0,59}$' });
const Words = Type.String({ minLength: 1, maxLength: 1000 });
const Count = Type.Integer({ minimum: 1 });
const strict = { additionalProperties: false };

const PlanDocument = Type.Object(
  {
    courses: Type.Array(
      Type.Object(
        {
          course: Id,
          version: Count,
          minutes: Count,
          substance: Type.Object(
            { version: Count, on: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }) },
            strict,
          ),
        },
        strict,
      ),
      { minItems: 1 },
    ),
    roles: Type.Object(
      Object.fromEntries(ROLES.map((role) => [role, Type.Optional(Type.Array(Id))])) as Record<
        Role,
        ReturnType<typeof Type.Optional<ReturnType<typeof Type.Array<typeof Id>>>>
      >,
      strict,
    ),
  },
  strict,
);

const TextDocument = Type.Object(
  {
    course: Id,
    language: Type.String(),
    version: Count,
    title: Words,
    lessons: Type.Array(
      Type.Object({ title: Words, paragraphs: Type.Array(Words, { minItems: 1 }) }, strict),
      { minItems: 3, maxItems: 5 },
    ),
    questions: Type.Array(
      Type.Object(
        {
          id: Id,
          text: Words,
          options: Type.Array(Type.Object({ id: Id, text: Words }, strict), { minItems: 3, maxItems: 4 }),
          right: Id,
          why: Words,
        },
        strict,
      ),
      { minItems: 5, maxItems: 5 },
    ),
  },
  strict,
);
/** A course in one language. */
export type CourseText = Static<typeof TextDocument>;

export interface Course {
  readonly id: string;
  readonly version: number;
  readonly minutes: number;
  /** The newest version that changed what must be known, and the moment it came (UTC milliseconds). */
  readonly substance: { readonly version: number; readonly at: number };
  /** By language; English is always there. */
  readonly texts: ReadonlyMap<string, CourseText>;
}

export interface TrainingPlan {
  /** In the order in which they are shown. */
  readonly courses: ReadonlyMap<string, Course>;
  readonly roles: Readonly<Partial<Record<Role, readonly string[]>>>;
}

const LANGUAGES = ['en', 'zh-CN'] as const;

/** @param files name to text; `training.yaml` among them. Throws `invalid_configuration`. */
export function parseTraining(files: ReadonlyMap<string, string>): TrainingPlan {
  const plan = read(PlanDocument, 'training.yaml', files.get('training.yaml') ?? '');
  const texts = [...files]
    .filter(([name]) => name !== 'training.yaml')
    .map(([name, yaml]) => ({ name, text: read(TextDocument, name, yaml) }));
  const courses = new Map<string, Course>();
  for (const { course, version, minutes, substance } of plan.courses) {
    const own = new Map<string, CourseText>();
    for (const language of LANGUAGES) {
      const name = `${course}.${language}.yaml`;
      const found = texts.find((each) => each.name === name);
      if (found === undefined) throw fault(`${name} is missing.`);
      const { text } = found;
      if (text.course !== course || text.language !== language || text.version !== version)
        throw fault(`${name} is of another course, language or version than training.yaml says.`);
      needSound(name, text, own.get('en') ?? text);
      own.set(language, text);
    }
    if (substance.version > version) throw fault(`${course} has its substance from a version to come.`);
    const at = Date.parse(`${substance.on}T00:00:00Z`);
    courses.set(course, {
      id: course,
      version,
      minutes,
      substance: { version: substance.version, at },
      texts: own,
    });
  }
  const asked = Object.values(plan.roles).flatMap((each) => each ?? []);
  const unknown = asked.find((course) => !courses.has(course));
  if (unknown !== undefined) throw fault(`A role asks for ${unknown}, which is no course.`);
  return { courses, roles: plan.roles };
}

/** The same questions, options and right answers in every language; the right one among the options. */
function needSound(name: string, text: CourseText, first: CourseText): void {
  const outline = ({ questions }: CourseText) =>
    JSON.stringify(questions.map(({ id, options, right }) => [id, options.map((each) => each.id), right]));
  if (outline(text) !== outline(first)) throw fault(`${name} has other questions than the English one.`);
  for (const { id, options, right } of text.questions) {
    const ids = options.map((each) => each.id);
    if (!ids.includes(right) || new Set(ids).size !== ids.length)
      throw fault(`${name}: the options of question ${id} are not sound.`);
  }
  if (new Set(text.questions.map(({ id }) => id)).size !== text.questions.length)
    throw fault(`${name} has a question twice.`);
}

function read<T extends TSchema>(schema: T, name: string, yaml: string): Static<T> {
  let document: unknown;
  try {
    document = parse(yaml);
  } catch {
    throw fault(`${name} is not valid YAML.`);
  }
  if (Value.Check(schema, document)) return document as Static<T>;
  const [first] = Value.Errors(schema, document);
  throw fault(`${name}${first === undefined ? '' : ` at ${first.instancePath}: ${first.message}`}.`);
}

function fault(message: string): BaileeError {
  return new BaileeError('invalid_configuration', `packs/training/${message}`, { faults: [message] });
}

let known: TrainingPlan | null = null;

/** The courses that come with Bailee. Throws `invalid_configuration`. */
export function trainingPlan(): TrainingPlan {
  if (known !== null) return known;
  const folder = join(projectRoot(), 'packs', 'training');
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  known = parseTraining(new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])));
  return known;
}

/** Throws `not_found`. */
export function courseOf(plan: TrainingPlan, id: string): Course {
  const course = plan.courses.get(id);
  if (course === undefined) throw new BaileeError('not_found', 'There is no such course.');
  return course;
}
