import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../platform/migrate.ts';
import { parseTraining, trainingPlan } from './catalog.ts';

const FOLDER = join(projectRoot(), 'packs', 'training');
const files = () =>
  new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
/** The files with one changed; a change that changes nothing is a fault of the test. */
const changed = (name: string, from: string, to: string) => {
  const all = files();
  const text = all.get(name)!;
  expect(text).toContain(from);
  return all.set(name, text.replace(from, to));
};

describe('the courses that come with Bailee', () => {
  it('are four, each in English and in Chinese, with lessons and five questions', () => {
    const { courses } = trainingPlan();
    expect([...courses.keys()]).toEqual(['privacy-basics', 'handling-data', 'phishing', 'incident-drill']);
    for (const { texts } of courses.values()) {
      expect([...texts.keys()]).toEqual(['en', 'zh-CN']);
      for (const { questions } of texts.values()) expect(questions).toHaveLength(5);
      expect(JSON.stringify(texts.get('zh-CN'))).toMatch(/\p{Script=Han}/u);
      expect(JSON.stringify(texts.get('en'))).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('are asked of every role that opens personal data, and of no other', () => {
    const { roles } = trainingPlan();
    expect(Object.keys(roles)).toEqual(['support', 'order-desk', 'marketing', 'privacy-officer', 'security']);
    for (const asked of Object.values(roles))
      expect(asked).toEqual(expect.arrayContaining(['privacy-basics', 'handling-data', 'phishing']));
    for (const role of ['privacy-officer', 'security'] as const)
      expect(roles[role]).toContain('incident-drill');
    expect(roles.support).not.toContain('incident-drill');
  });

  it('do not show by its place which option is right', () => {
    for (const { texts } of trainingPlan().courses.values()) {
      const places = texts
        .get('en')!
        .questions.map(({ options, right }) => options.findIndex(({ id }) => id === right));
      expect(new Set(places).size).toBeGreaterThan(1);
    }
  });
});

describe('a faulty course is refused with the name of its file', () => {
  const CHINESE = 'phishing.zh-CN.yaml';
  it.each([
    ['when it is not YAML', () => changed(CHINESE, 'title:', 'title: [')],
    [
      'when a question has another right answer in one language',
      () => changed(CHINESE, 'right: hang', 'right: tell'),
    ],
    [
      'when an option is missing in one language',
      () => changed(CHINESE, '      - { id: half, text: 只说前三位。 }\n', ''),
    ],
    ['when the right answer is no option', () => changed('phishing.en.yaml', 'right: hang', 'right: none')],
    ['when it has an older version than the plan', () => changed(CHINESE, 'version: 1', 'version: 2')],
    ['when a part of it is not known', () => changed(CHINESE, 'title:', 'titel: x\ntitle:')],
  ])('%s', (_, make) => {
    expect(() => parseTraining(make())).toThrow(/phishing\.(zh-CN|en)\.yaml/);
  });

  it('when a language is missing, or a role asks for a course that does not exist', () => {
    const all = files();
    all.delete(CHINESE);
    expect(() => parseTraining(all)).toThrow(/phishing\.zh-CN\.yaml is missing/);
    expect(() =>
      parseTraining(changed('training.yaml', 'support: [privacy-basics', 'support: [basics')),
    ).toThrow(/basics, which is no course/);
  });
});
