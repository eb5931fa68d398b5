/**
 * Reads a policy pack: regimes and facts in YAML. Pure: the text comes in, files are read elsewhere.
 *
 *     pack: eu-gdpr
 *     regimes: { EU-GDPR: { name, territory, reach, general, within? } }
 *     facts: [ { fact, regime?, topic, of, value, says, unit, citation, confidence, source?, checked?, effective_from?, effective_to? } ]
 */
import { CONFIDENCES, type Fact, type Pack, type Regime } from './facts.ts';
import {
  failAt,
  flagAt,
  itemsOf,
  keysOf,
  oneOf,
  type Place,
  readPlaces,
  textAt,
  wordAt,
} from './pack-text.ts';
import { dayAt, parseValue } from './parse-value.ts';
import { kindOf, TOPICS, type Topic } from './topics.ts';

const TOPIC_NAMES = Object.keys(TOPICS) as Topic[];
const FACT_KEYS = [
  'fact',
  'regime',
  'topic',
  'of',
  'value',
  'says',
  'unit',
  'citation',
  'confidence',
  'source',
  'checked',
  'effective_from',
  'effective_to',
];

/**
 * @param text the YAML itself
 * @param file the file's name, for messages
 * @throws BaileeError `invalid_pack` with `{file, line, reason}`: an unknown topic or key, a missing citation, overlapping dates …
 */
export function parsePack(text: string, file: string): Pack {
  const root = readPlaces(text, file);
  keysOf(root, ['pack', 'regimes', 'facts']);
  const regimes = keysOf(root.at('regimes')).map((code) => parseRegime(code, root.at('regimes').at(code)));
  if (regimes.length === 0) failAt(root.at('regimes'), 'a pack needs a regime');
  const pack = wordAt(root.at('pack'));
  const codes = regimes.map(({ code }) => code);
  const facts = itemsOf(root.at('facts')).map((at) => parseFact(at, pack, codes));
  refuseOverlaps(facts, file);
  return { file, pack, regimes, facts };
}

const CODE = /^[A-Z0-9]+(-[A-Z0-9]+)*(:[A-Z]{2})?$/;
const TERRITORY = /^([A-Z]{2}(-[A-Z0-9]{1,3})?|\*)$/;

function parseRegime(code: string, at: Place): Regime {
  if (!CODE.test(code)) failAt(at, `"${code.slice(0, 40)}" cannot be the code of a regime`);
  keysOf(at, ['name', 'territory', 'reach', 'general', 'within']);
  const territory = itemsOf(at.at('territory')).map((place) => {
    const text = textAt(place);
    if (!TERRITORY.test(text)) failAt(place, `"${text.slice(0, 20)}" is not an ISO 3166 code`);
    return text;
  });
  return {
    code,
    name: textAt(at.at('name')),
    territory,
    reach: itemsOf(at.at('reach')).map((place) => oneOf(place, ['residence', 'establishment'] as const)),
    general: at.at('general').value === undefined ? false : flagAt(at.at('general')),
    within: at.at('within').value === undefined ? null : textAt(at.at('within')),
  };
}

function parseFact(at: Place, pack: string, codes: readonly string[]): Fact {
  keysOf(at, FACT_KEYS);
  const topic = oneOf(at.at('topic'), TOPIC_NAMES);
  const from = at.at('effective_from').value === undefined ? null : dayAt(at.at('effective_from'));
  const to = at.at('effective_to').value === undefined ? null : dayAt(at.at('effective_to'));
  if (from !== null && to !== null && to < from)
    failAt(at.at('effective_to'), 'effective_to lies before effective_from');
  return {
    name: textAt(at.at('fact')),
    pack,
    regime: at.at('regime').value === undefined ? codes[0]! : oneOf(at.at('regime'), codes),
    topic,
    of: wordAt(at.at('of')),
    value: parseValue(kindOf(topic), at.at('value')),
    says: textAt(at.at('says')),
    unit: textAt(at.at('unit')),
    citation: textAt(at.at('citation')),
    confidence: oneOf(at.at('confidence'), CONFIDENCES),
    source: at.at('source').value === undefined ? null : textAt(at.at('source')),
    checked: at.at('checked').value === undefined ? null : dayAt(at.at('checked')),
    from,
    to,
    line: at.line,
  };
}

/** Two facts that say something of the same thing under the same condition, on the same day. */
function refuseOverlaps(facts: readonly Fact[], file: string): void {
  const seen = new Map<string, Fact[]>();
  const names = new Set<string>();
  for (const fact of facts) {
    const name = `${fact.regime} ${fact.name}`;
    if (names.has(name)) failAt({ file, line: fact.line }, `${name} is named twice`);
    names.add(name);
    const when = 'when' in fact.value ? fact.value.when : undefined;
    const extending = fact.value.kind === 'clock' && fact.value.extends;
    const key = JSON.stringify([fact.regime, fact.topic, fact.of, when ?? null, extending]);
    const same = seen.get(key) ?? [];
    const other = same.find((each) => overlap(each, fact));
    if (other !== undefined)
      failAt(
        { file, line: fact.line },
        `${name} overlaps with ${other.name} (line ${other.line}): same topic, same days`,
      );
    seen.set(key, [...same, fact]);
  }
}

function overlap(a: Fact, b: Fact): boolean {
  return (a.from ?? '') <= (b.to ?? '9') && (b.from ?? '') <= (a.to ?? '9');
}
