import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { projectRoot } from '../../platform/migrate.ts';
import { answerCourse } from './answer-course.ts';
import { parseTraining, trainingPlan } from './catalog.ts';
import { type Learner, listCourses } from './list-courses.ts';
import { trainingMissing } from './missing.ts';
import { readCourse } from './read-course.ts';

const DAY = 86_400_000;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
});

const learner = (person = ctx.random.id()): Learner => ({
  person,
  store: store.id,
  roles: ['support'],
  language: 'en',
});
/** The right answers, but for the first `wrong` questions. */
const answersOf = (course: string, wrong = 0) =>
  Object.fromEntries(
    trainingPlan()
      .courses.get(course)!
      .texts.get('en')!
      .questions.map(({ id, options, right }, at) => [
        id,
        at < wrong ? options.find((each) => each.id !== right)!.id : right,
      ]),
  );
const pass = (who: Learner, course: string, wrong = 0) =>
  answerCourse(ctx, { learner: who, course, version: 1, answers: answersOf(course, wrong) });
const missing = (who: Learner, role: Parameters<typeof trainingMissing>[3] = 'support') =>
  trainingMissing(ctx, ctx.db, who.person, role);

describe('training that a role asks for', () => {
  it('is missing until every course of the role is passed, and is nobody else’s', async () => {
    const who = learner();
    expect(await missing(who)).toEqual(['privacy-basics', 'handling-data', 'phishing']);
    await pass(who, 'privacy-basics');
    await pass(who, 'phishing');
    expect(await missing(who)).toEqual(['handling-data']);
    await pass(who, 'handling-data');
    expect(await missing(who)).toEqual([]);
    expect(await missing(who, 'security')).toEqual(['incident-drill']);
    expect(await missing(learner())).toHaveLength(3);
  });

  it('is asked of no one whose role opens nothing', async () => {
    for (const role of ['administrator', 'auditor', 'analyst'] as const)
      expect(await missing(learner(), role)).toEqual([]);
  });

  it('is over after 365 days', async () => {
    const who = learner();
    for (const course of ['privacy-basics', 'handling-data', 'phishing']) await pass(who, course);
    ctx.clock.advance(365 * DAY - 1);
    expect(await missing(who)).toEqual([]);
    ctx.clock.advance(1);
    expect(await missing(who)).toHaveLength(3);
    expect((await listCourses(ctx, who)).map(({ state }) => state)).toEqual([
      'expired',
      'expired',
      'expired',
      'missing',
    ]);
  });

  it('is missing again 30 days after a course changed in substance, and not for another change', async () => {
    const who = learner();
    await pass(who, 'phishing');
    const folder = join(projectRoot(), 'packs', 'training');
    const day = new Date(ctx.clock.now()).toISOString().slice(0, 10);
    const plan = (substance: number) =>
      parseTraining(
        new Map(
          readdirSync(folder).map((name) => {
            const text = readFileSync(join(folder, name), 'utf8');
            if (name === 'training.yaml')
              return [
                name,
                text.replace(
                  /(course: phishing, version:) 1(.*version:) 1, on: '[^']*'/,
                  `$1 2$2 ${substance}, on: '${day}'`,
                ),
              ];
            return [name, name.startsWith('phishing') ? text.replace('version: 1', 'version: 2') : text];
          }),
        ),
      );
    const lacks = async (substance: number) =>
      (await trainingMissing(ctx, ctx.db, who.person, 'support', plan(substance))).includes('phishing');
    ctx.clock.advance(29 * DAY);
    expect([await lacks(1), await lacks(2)]).toEqual([false, false]);
    ctx.clock.advance(1 * DAY);
    expect([await lacks(1), await lacks(2)]).toEqual([false, true]);
  });
});

describe('answering a course', () => {
  it('passes at four of five, not at three, and counts every attempt', async () => {
    const who = learner();
    const failed = await pass(who, 'phishing', 2);
    expect(failed).toMatchObject({ passed: false, right: 3, of: 5, until: null });
    expect(failed.wrong).toHaveLength(2);
    expect(await missing(who)).toContain('phishing');
    const passed = await pass(who, 'phishing', 1);
    expect(passed).toMatchObject({ passed: true, right: 4, of: 5 });
    expect(Date.parse(passed.until!)).toBe(ctx.clock.now() + 365 * DAY);
    const { rows } = await ctx.db.query<{ attempts: number }>({
      text: 'SELECT attempts FROM bailee.training WHERE person_id = $1',
      values: [who.person],
    });
    expect(rows).toEqual([{ attempts: 2 }]);
  });

  it('keeps a pass when somebody tries again and fails', async () => {
    const who = learner();
    await pass(who, 'phishing');
    await pass(who, 'phishing', 5);
    expect(await missing(who)).not.toContain('phishing');
  });

  it('is refused for a version that is not the one in force, and for a course that does not exist', async () => {
    const asked = { learner: learner(), course: 'phishing', version: 2, answers: answersOf('phishing') };
    await expect(answerCourse(ctx, asked)).rejects.toMatchObject({ code: 'conflict' });
    await expect(answerCourse(ctx, { ...asked, course: 'toString' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('takes a question that is left out, or an answer that is inherited, as wrong', async () => {
    const answers = Object.create(answersOf('phishing')) as Record<string, string>;
    const told = await answerCourse(ctx, { learner: learner(), course: 'phishing', version: 1, answers });
    expect(told).toMatchObject({ passed: false, right: 0 });
  });

  it('writes a pass to the ledger, without the answers, and a failure not', async () => {
    const count = async () => {
      const { rows } = await ctx.db.query<{ n: string }>({
        text: `SELECT count(*) AS n FROM bailee.opening WHERE kind = 'training'`,
      });
      return Number(rows[0]!.n);
    };
    const before = await count();
    await pass(learner(), 'phishing', 3);
    expect(await count()).toBe(before);
    await pass(learner(), 'phishing');
    expect(await count()).toBe(before + 1);
  });
});

describe('a course to read', () => {
  it('does not tell which option is right, nor why, in either language', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const read = await readCourse(ctx, { learner: { ...learner(), language }, course: 'phishing' });
      expect(read.questions).toHaveLength(5);
      expect(read.lessons.length).toBeGreaterThanOrEqual(3);
      for (const question of read.questions) expect(Object.keys(question)).toEqual(['id', 'text', 'options']);
      expect(read.course.title).toBe(language === 'en' ? 'Spotting phishing' : '识别钓鱼');
    }
  });

  it('is marked as required for those whose role asks for it, and they come first', async () => {
    const list = await listCourses(ctx, { ...learner(), roles: ['auditor', 'support'] });
    expect(list.map(({ id, required }) => [id, required])).toEqual([
      ['privacy-basics', true],
      ['handling-data', true],
      ['phishing', true],
      ['incident-drill', false],
    ]);
  });
});
