/** The value of a fact, in the shape that its topic's kind demands. */
import { isDay } from './calendar.ts';
import { type Conditions, type FactValue, MODELS, type Span, UNITS } from './facts.ts';
import {
  failAt,
  flagAt,
  itemsOf,
  keysOf,
  numberAt,
  oneOf,
  type Place,
  textAt,
  wordAt,
  wordsAt,
} from './pack-text.ts';
import type { Kind } from './topics.ts';

/** Throws `invalid_pack`. */
export function parseValue(kind: Kind, at: Place): FactValue {
  keysOf(at, KEYS[kind]);
  return PARSE[kind](at);
}

const KEYS: Readonly<Record<Kind, readonly string[]>> = {
  clock: ['span', 'speed', 'when', 'extends'],
  age: ['under'],
  permission: ['model', 'unless', 'never', 'opt-in-if', 'asks'],
  prohibition: ['when', 'unless'],
  duty: ['when', 'unless'],
  formality: ['requires'],
  list: ['items'],
  maximum: ['amount', 'share', 'currency', 'base', 'capped', 'each'],
  threshold: ['any'],
  least: ['span', 'from'],
  most: ['span', 'from'],
  hours: ['open', 'days', 'zone', 'channels'],
  'in-force': ['law', 'from', 'until'],
};

const PARSE: Readonly<Record<Kind, (at: Place) => FactValue>> = {
  clock: (at) => ({
    kind: 'clock',
    span: optional(at.at('span'), spanAt),
    speed: optional(at.at('speed'), wordAt),
    ...(at.at('when').value === undefined ? {} : { when: conditionsAt(at.at('when')) }),
    extends: optional(at.at('extends'), flagAt) ?? false,
  }),
  age: (at) => ({
    kind: 'age',
    under: at.at('under').value === 'none' ? null : numberAt(at.at('under'), 30),
  }),
  permission: (at) => ({
    kind: 'permission',
    model: oneOf(at.at('model'), MODELS),
    unless: conditionsAt(at.at('unless')),
    never: conditionsAt(at.at('never')),
    optInIf: conditionsAt(at.at('opt-in-if')),
    asks: wordsAt(at.at('asks')),
  }),
  prohibition: (at) => ({
    kind: 'prohibition',
    when: conditionsAt(at.at('when')),
    unless: conditionsAt(at.at('unless')),
  }),
  duty: (at) => ({ kind: 'duty', when: whenAt(at.at('when')), unless: conditionsAt(at.at('unless')) }),
  formality: (at) => ({ kind: 'formality', requires: someWords(at.at('requires')) }),
  list: (at) => ({ kind: 'list', items: itemsOf(at.at('items')).map(textAt) }),
  maximum: (at) => ({
    kind: 'maximum',
    amount: optional(at.at('amount'), numberAt),
    share: optional(at.at('share'), (place) => numberAt(place, 100)),
    currency: textAt(at.at('currency')),
    base: optional(at.at('base'), wordAt),
    capped: optional(at.at('capped'), flagAt) ?? false,
    each: optional(at.at('each'), flagAt) ?? false,
  }),
  threshold: (at) => ({
    kind: 'threshold',
    any: itemsOf(at.at('any')).map((group) =>
      Object.fromEntries(keysOf(group).map((measure) => [measure, numberAt(group.at(measure))])),
    ),
  }),
  least: (at) => ({ kind: 'least', span: spanAt(at.at('span')), from: wordAt(at.at('from')) }),
  most: (at) => ({ kind: 'most', span: spanAt(at.at('span')), from: wordAt(at.at('from')) }),
  hours: (at) => ({
    kind: 'hours',
    open: itemsOf(at.at('open')).map(
      (range) => [numberAt(range.at(0), 24), numberAt(range.at(1), 24)] as const,
    ),
    days: itemsOf(at.at('days')).map((day) => numberAt(day, 7)),
    zone: textAt(at.at('zone')),
    channels: someWords(at.at('channels')),
  }),
  'in-force': (at) => ({
    kind: 'in-force',
    law: flagAt(at.at('law')),
    from: optional(at.at('from'), dayAt),
    until: optional(at.at('until'), dayAt),
  }),
};

function optional<T>(at: Place, parse: (at: Place) => T): T | null {
  return at.value === undefined ? null : parse(at);
}

/** `45 days`, `1 months`, `10 business-days`. */
function spanAt(at: Place): Span {
  const [count, unit, ...rest] = textAt(at).split(' ');
  const found = UNITS.find((each) => each === unit);
  if (found === undefined || rest.length > 0 || !/^\d+$/.test(count!))
    failAt(at, `must be a number and one of ${UNITS.join(', ')}, for instance "45 days"`);
  return { count: Number(count), unit: found };
}

/** `[a, b + c]`: a, or b and c together. */
export function conditionsAt(at: Place): Conditions {
  if (at.value === undefined) return [];
  return itemsOf(at).map((item) => {
    const words = textAt(item).split(' + ');
    for (const word of words) wordAt({ ...item, value: word });
    return words;
  });
}

function whenAt(at: Place): 'always' | 'never' | Conditions {
  return at.value === 'always' || at.value === 'never' ? at.value : conditionsAt(at);
}

function someWords(at: Place): string[] {
  const words = itemsOf(at).map(wordAt);
  if (words.length === 0) failAt(at, 'needs at least one word');
  return words;
}

/** A real day. */
export function dayAt(at: Place): string {
  const text = textAt(at);
  if (!isDay(text)) failAt(at, `"${text.slice(0, 20)}" is not a day YYYY-MM-DD`);
  return text;
}
