/** What is found in texts that others wrote, scored by span. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AcceptLine } from '../line.ts';
import { detectAll, madeTexts } from './detect-cli.ts';
import { type Counts, countByType, f1Of, type Labelled, table, typesOf } from './spans.ts';

const GOAL_ALL = 0.87;
const GOAL_PATTERNS = 0.92;
const FOLDS = 5;
const MADE = 3000;
const MADE_QUICK = 600;

/** By Presidio's names. */
const PRESIDIO_PATTERNS = new Set(
  'CREDIT_CARD PHONE_NUMBER EMAIL_ADDRESS DOMAIN_NAME IBAN_CODE US_SSN IP_ADDRESS US_DRIVER_LICENSE ZIP_CODE'.split(
    ' ',
  ),
);
/** By our own. */
const WORD_TYPES = new Set(['PERSON', 'ADDRESS', 'PLACE', 'ORGANIZATION']);

export const line: AcceptLine = {
  issue: 3,
  number: 1,
  title: 'Personal data in texts of others, by span (IoU 0.9)',
  async run({ quick, log }) {
    const texts = presidioTexts();
    const counts = countByType(texts, await detectAll(texts, ['--labels', 'presidio']), typesOf(texts));
    for (const row of table(counts)) log(row);
    const folds = await foldsOf(texts);
    log(`folds by template: ${folds.map((each) => each.toFixed(3)).join(' ')}`);
    const presidio = [f1Of(counts, () => true), f1Of(counts, (type) => PRESIDIO_PATTERNS.has(type))] as const;
    const made = await madeTexts(['--count', String(quick ? MADE_QUICK : MADE)]);
    const own = countByType(made, await detectAll(made), typesOf(made));
    for (const row of table(own)) log(row);
    await byLanguage(made, log);
    const others = [f1Of(own, () => true), f1Of(own, (type) => !WORD_TYPES.has(type))] as const;
    const pass = [presidio, others].every(([all, patterns]) => all >= GOAL_ALL && patterns >= GOAL_PATTERNS);
    const told = ([all, patterns]: readonly [number, number]) =>
      `${all.toFixed(3)}, pattern types ${patterns.toFixed(3)}`;
    return {
      pass,
      figure: `${texts.length} texts of presidio-research ${told(presidio)}; ${made.length} texts in seven languages ${told(others)} (goals ${GOAL_ALL}, ${GOAL_PATTERNS})`,
    };
  },
};

function presidioTexts(): Labelled[] {
  const shared = process.env.BAILEE_SHARED ?? '../shared';
  const packed = readFileSync(join(shared, 'data/pii/presidio-synth-dev.json.gz'));
  const rows = JSON.parse(gunzipSync(packed).toString('utf8')) as {
    full_text: string;
    template_id: number;
    spans: { entity_type: string; start_position: number; end_position: number }[];
  }[];
  // Presidio counts code points; all of its texts are of the basic plane, where that is the same.
  return rows.map(({ full_text: text, template_id: template, spans }, id) => ({
    id,
    text,
    template,
    spans: spans.map(({ entity_type: type, start_position: start, end_position: end }) => ({
      start,
      end,
      type,
    })),
  }));
}

/** The score over each fifth of the templates: a rule that serves one template alone shows as a fold that lags. */
async function foldsOf(texts: readonly Labelled[]): Promise<number[]> {
  const scores: number[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const part = texts.filter(({ template }) => Number(template) % FOLDS === fold);
    const counts = countByType(part, await detectAll(part, ['--labels', 'presidio']), typesOf(texts));
    scores.push(f1Of(counts, () => true));
  }
  return scores;
}

async function byLanguage(
  texts: readonly (Labelled & { readonly language: string })[],
  log: (message: string) => void,
): Promise<void> {
  const known = typesOf(texts);
  for (const language of new Set(texts.map((each) => each.language))) {
    const part = texts.filter((each) => each.language === language);
    const counts: ReadonlyMap<string, Counts> = countByType(part, await detectAll(part), known);
    log(`${language}: ${f1Of(counts, () => true).toFixed(3)} over ${part.length} texts`);
  }
}
