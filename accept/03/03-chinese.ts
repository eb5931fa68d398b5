/** Chinese texts by someone who has not read the detector. */
import type { AcceptLine } from '../line.ts';
import { detectAll, madeTexts } from './detect-cli.ts';
import { countByType, f1Of, table, typesOf } from './spans.ts';

const TEXTS = 5000;
const QUICK_TEXTS = 1000;
const GOAL_PATTERNS = 0.95;
const GOAL_NAMES = 0.85;
const NAMES = new Set(['PERSON', 'ADDRESS']);
const WORDS = new Set(['PERSON', 'ADDRESS', 'PLACE', 'ORGANIZATION']);

export const line: AcceptLine = {
  issue: 3,
  number: 3,
  title: 'Chinese texts: numbers valid and corrupted, full-width, spaced, orders among them',
  async run({ quick, log }) {
    const texts = await madeTexts(['--chinese', '--count', String(quick ? QUICK_TEXTS : TEXTS)]);
    const counts = countByType(texts, await detectAll(texts), typesOf(texts));
    for (const row of table(counts)) log(row);
    const patterns = f1Of(counts, (type) => !WORDS.has(type));
    const names = f1Of(counts, (type) => NAMES.has(type));
    return {
      pass: patterns >= GOAL_PATTERNS && names >= GOAL_NAMES,
      figure: `${texts.length} texts: pattern types ${patterns.toFixed(3)} (goal ${GOAL_PATTERNS}), names and addresses ${names.toFixed(3)} (goal ${GOAL_NAMES})`,
    };
  },
};
