/** Every regime added to every law on personal data as a whole: one more regime never opens what was shut. */
import { decide, type Question } from '../../src/law/library.ts';
import type { Faults } from '../01/faults.ts';
import type { Book } from './property-cases.ts';

const PURPOSES = [
  'fraud-prevention',
  'analytics',
  'personalization',
  'marketing-email',
  'marketing-phone',
  'advertising',
  'partner-sharing',
] as const;
const AGES = [null, 12, 13, 14, 15, 16, 17, 30];
const DESTINATIONS = [
  null,
  { country: 'JP', route: null, separateConsent: true },
  { country: 'US', route: 'scc', separateConsent: true },
] as const;

function* questions(): Generator<Omit<Question, 'rules'>> {
  for (const purpose of PURPOSES)
    for (const by of [null, 'self', 'parent', 'both'] as const)
      for (const age of AGES)
        for (const destination of DESTINATIONS)
          yield {
            role: 'job',
            purpose,
            evidence: null,
            customer: {
              choices: by === null ? {} : { [purpose]: 'granted' },
              chosenBy: by === null ? {} : { [purpose]: by },
              age,
              sale: { optOutAtCollection: true },
              restricted: false,
              erased: false,
              retained: ['identity'],
            },
            fields: [],
            policy: { hash: '', rules: [] },
            balanced: ['fraud-prevention'],
            message: { similarProducts: true, optOutIncluded: true },
            destination,
          };
}

/**
 * `step`: 1 for every pair. A national law within a frame that is at hand reads the frame more closely and is none
 * more: its age goes before the frame's (GDPR art. 8(1)).
 */
export function judgePairs({ regimes, general, rulesOf }: Book, faults: Faults, step: number): string {
  const asked = [...questions()];
  let pairs = 0;
  let open = 0;
  for (const home of general) {
    const before = asked.map((question) => decide({ ...question, rules: rulesOf([home]) }).allowed);
    open += before.filter((each) => each).length;
    for (const [at, { code, within }] of regimes.entries()) {
      if (code === home || within === home || at % step !== 0) continue;
      const rules = rulesOf([home, code]);
      const looser = asked.findIndex(
        (question, index) => !before[index] && decide({ ...question, rules }).allowed,
      );
      faults.check(looser === -1, `${code} added to ${home} opens ${asked[looser]?.purpose ?? 'nothing'}`);
      pairs += 1;
    }
  }
  faults.check(open > general.length * 50, `enough is open before a regime is added (${open})`);
  return `${pairs} pairs of regimes`;
}
