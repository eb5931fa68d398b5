/** A small world, whole: every role, purpose, choice, place, age and class in it, against rules written out here by hand. */
import { CLASSES } from '../../contract/names.ts';
import { decide, type Question } from '../../src/law/library.ts';
import type { Faults } from '../01/faults.ts';
import type { Book } from './property-cases.ts';

const ROLES = ['support', 'marketing', 'privacy-officer', 'job'] as const;
const PURPOSES = [
  'order-fulfilment',
  'fraud-prevention',
  'analytics',
  'advertising',
  'marketing-email',
  'ai-training',
] as const;
type Choice = 'none' | 'granted' | 'refused' | 'stale' | 'by a parent';
const CHOICES: readonly Choice[] = ['none', 'granted', 'refused', 'stale', 'by a parent'];
const AGES = [null, 12, 15, 40];
const DATA = CLASSES.filter((each) => ['identity', 'contact', 'transaction', 'sensitive'].includes(each));

interface Place {
  readonly codes: readonly string[];
  readonly parentUnder: number;
  readonly ownFrom: number;
  /** Ages below which advertising is shut. */
  readonly adsFrom: number;
  /** Open until a refusal. */
  readonly optOut: readonly string[];
  readonly noInterest: boolean;
}

/** What these four places ask for, read from their laws and not from the packs. */
const PLACES: readonly Place[] = [
  {
    codes: ['EU-GDPR', 'EU-GDPR:DE', 'EU-EPRIVACY', 'EU-DSA'],
    parentUnder: 16,
    ownFrom: 16,
    adsFrom: 18,
    optOut: [],
    noInterest: false,
  },
  { codes: ['CN-PIPL'], parentUnder: 14, ownFrom: 14, adsFrom: 0, optOut: [], noInterest: true },
  {
    codes: ['US-CA-CCPA', 'US-FEDERAL'],
    parentUnder: 13,
    ownFrom: 13,
    adsFrom: 0,
    optOut: ['analytics', 'advertising'],
    noInterest: false,
  },
  { codes: ['UK-GDPR-DPA-PECR'], parentUnder: 13, ownFrom: 13, adsFrom: 0, optOut: [], noInterest: false },
];

const ACTS_FOR: Readonly<Record<string, readonly string[]>> = {
  support: [],
  marketing: ['marketing-email'],
  'privacy-officer': PURPOSES,
  job: PURPOSES,
};
const NECESSARY = ['order-fulfilment', 'fraud-prevention'];

/** Asks every question of the world, and compares whether it opens with the rules above. */
export function judgeWorld(book: Book, faults: Faults): string {
  let asked = 0;
  let opened = 0;
  for (const place of PLACES)
    for (const role of ROLES)
      for (const purpose of PURPOSES)
        for (const choice of CHOICES)
          for (const age of AGES)
            for (const dataClass of DATA) {
              const { allowed, fields } = decide(
                questionOf(book, place, { role, purpose, choice, age, dataClass }),
              );
              const expected = ACTS_FOR[role]!.includes(purpose) && isOpen(place, purpose, choice, age);
              const what = `${place.codes[0]}: ${role}, ${purpose}, ${choice}, age ${age}, ${dataClass}`;
              faults.equal(allowed, expected, what);
              const shows = fields[0]!.state !== 'withheld';
              faults.check(allowed || !shows, `${what}: nothing shows when the purpose is shut`);
              const special = dataClass === 'sensitive' && !NECESSARY.includes(purpose);
              faults.check(!(special && shows), `${what}: special categories stay withheld`);
              asked += 1;
              if (allowed) opened += 1;
            }
  faults.check(opened > 0 && opened < asked / 2, `some of the world opens, and most does not (${opened})`);
  return `a world of ${asked} questions, whole (${opened} open)`;
}

function isOpen(place: Place, purpose: string, choice: Choice, age: number | null): boolean {
  if (purpose === 'order-fulfilment') return true;
  if (purpose === 'fraud-prevention' && !place.noInterest) return true;
  if (choice === 'refused') return false;
  if (purpose === 'advertising' && age !== null && age < place.adsFrom) return false;
  const child = age !== null && age < place.parentUnder;
  const byRightPerson =
    choice === 'granted' ? !child : choice === 'by a parent' && (age === null || age < place.ownFrom);
  return byRightPerson || (place.optOut.includes(purpose) && !child);
}

interface Asked {
  readonly role: (typeof ROLES)[number];
  readonly purpose: (typeof PURPOSES)[number];
  readonly choice: Choice;
  readonly age: number | null;
  readonly dataClass: (typeof CLASSES)[number];
}

function questionOf(book: Book, place: Place, { role, purpose, choice, age, dataClass }: Asked): Question {
  const choices =
    choice === 'none' ? {} : ({ [purpose]: choice === 'refused' ? 'refused' : 'granted' } as const);
  return {
    role,
    purpose,
    evidence: { kind: role === 'privacy-officer' ? 'reason' : 'case', holds: true },
    customer: {
      choices,
      stale: choice === 'stale' ? [purpose] : [],
      chosenBy: choice === 'by a parent' ? { [purpose]: 'parent' } : {},
      age,
      restricted: false,
      erased: false,
      retained: ['identity'],
    },
    fields: [
      {
        name: 'field',
        class: dataClass,
        sensitivity: 'ordinary',
        purposes: PURPOSES,
        retention: 'identity',
        maskable: true,
      },
    ],
    policy: { hash: '', rules: [] },
    rules: book.rulesOf(place.codes),
    balanced: PURPOSES,
  };
}
