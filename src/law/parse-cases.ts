/**
 * Reads the cases beside a pack: questions and answers in words that a lawyer can read.
 *
 *     pack: eu-gdpr
 *     on: 2026-11-22                      # the day of the cases that name none
 *     cases: [ { case, regimes, ask, of, with?, choice?, date?, on?, age?, item?, measures?, holidays?, answer } ]
 */
import { isDate } from './calendar.ts';
import { ASKS, type Case, type CaseFile, type LawQuestion } from './facts.ts';
import {
  failAt,
  itemsOf,
  keysOf,
  numberAt,
  oneOf,
  type Place,
  readPlaces,
  textAt,
  wordAt,
  wordsAt,
} from './pack-text.ts';
import { dayAt } from './parse-value.ts';
import { TOPICS, type Topic } from './topics.ts';

const TOPIC_NAMES = Object.keys(TOPICS) as Topic[];
const CASE_KEYS = [
  'case',
  'regimes',
  'ask',
  'topic',
  'of',
  'with',
  'choice',
  'date',
  'on',
  'age',
  'item',
  'measures',
  'holidays',
  'answer',
];

/** @throws BaileeError `invalid_pack` with `{file, line, reason}` */
export function parseCases(text: string, file: string): CaseFile {
  const root = readPlaces(text, file);
  keysOf(root, ['pack', 'on', 'cases']);
  wordAt(root.at('pack'));
  const on = dayAt(root.at('on'));
  return { file, cases: itemsOf(root.at('cases')).map((at) => parseCase(at, on)) };
}

function parseCase(at: Place, on: string): Case {
  keysOf(at, CASE_KEYS);
  return {
    title: textAt(at.at('case')),
    regimes: itemsOf(at.at('regimes')).map(textAt),
    question: parseQuestion(at, on),
    answer: textAt(at.at('answer')),
    line: at.line,
  };
}

function parseQuestion(at: Place, on: string): LawQuestion {
  const has = (key: string) => at.at(key).value !== undefined;
  const measures = at.at('measures');
  if (has('date') && !isDate(textAt(at.at('date'))))
    failAt(at.at('date'), 'date must be a day or a moment in UTC');
  return {
    ask: oneOf(at.at('ask'), ASKS),
    ...(has('topic') ? { topic: oneOf(at.at('topic'), TOPIC_NAMES) } : {}),
    of: wordAt(at.at('of')),
    with: wordsAt(at.at('with')),
    ...(has('choice') ? { choice: oneOf(at.at('choice'), ['granted', 'refused'] as const) } : {}),
    ...(has('date') ? { date: textAt(at.at('date')) } : {}),
    on: has('on') ? dayAt(at.at('on')) : on,
    ...(has('age') ? { age: numberAt(at.at('age'), 130) } : {}),
    ...(has('item') ? { item: textAt(at.at('item')) } : {}),
    measures: has('measures')
      ? Object.fromEntries(keysOf(measures).map((key) => [key, numberAt(measures.at(key))]))
      : {},
    holidays: has('holidays') ? itemsOf(at.at('holidays')).map(dayAt) : [],
  };
}
