/** A small world, whole: roles × purposes × choices × regimes × ages × classes, each combination once. */
import { CLASSES, PURPOSES } from '../../contract/names.ts';
import type { OracleCase, OracleQuestion } from './case.ts';
import { evidenceFor, type OracleRole } from './house.ts';

interface Choice {
  readonly said: 'granted' | 'refused' | null;
  readonly stale?: true;
  readonly by?: 'parent' | 'both';
  readonly objection?: 'pending' | 'overridden';
}

const CHOICES: readonly Choice[] = [
  { said: 'granted' },
  { said: 'refused' },
  { said: null },
  { said: 'granted', stale: true },
  { said: 'granted', by: 'parent' },
  { said: 'granted', by: 'both' },
  { said: 'granted', objection: 'pending' },
  { said: null, objection: 'overridden' },
];
/** Places in `SETTINGS`: Germany, China, California, Brazil with all that the law leaves open. */
const REGIMES = [0, 1, 2, 3];
const ROLES: readonly OracleRole[] = [
  'privacy-officer',
  'job',
  'marketing',
  'security',
  'subject',
  'support',
];
const AGES = [null, 13, 15, 30];

export interface World {
  readonly roles: readonly OracleRole[];
  readonly purposes: readonly string[];
  readonly choices: readonly Choice[];
  readonly regimes: readonly number[];
  readonly ages: readonly (number | null)[];
  readonly classes: readonly string[];
}

/** No smaller than the issue asks: 4 × 6 × 5 × 4 × 3 × 4. */
export const SMALL_WORLD: World = {
  roles: ROLES.slice(0, 4),
  purposes: [
    'fraud-prevention',
    'legal-duty',
    'analytics',
    'marketing-email',
    'advertising',
    'partner-sharing',
  ],
  choices: CHOICES.slice(0, 5),
  regimes: REGIMES,
  ages: AGES.slice(0, 3),
  classes: ['identity', 'contact', 'behavior', 'biometric'],
};

export const WIDE_WORLD: World = {
  roles: ROLES,
  purposes: PURPOSES,
  choices: CHOICES,
  regimes: REGIMES,
  ages: AGES,
  classes: CLASSES.filter((each) => each !== 'account' && each !== 'transaction'),
};

/** How many answers there are for fields. */
export function sizeOf({ roles, purposes, choices, regimes, ages, classes }: World): number {
  return roles.length * purposes.length * choices.length * regimes.length * ages.length * classes.length;
}

export function* worldCases(world: World): Generator<OracleCase> {
  for (const role of world.roles)
    for (const purpose of world.purposes)
      for (const choice of world.choices)
        for (const setting of world.regimes)
          for (const age of world.ages)
            yield { setting, question: question(role, purpose, choice, age, world.classes) };
}

function question(
  role: OracleRole,
  purpose: string,
  { said, stale, by, objection }: Choice,
  age: number | null,
  classes: readonly string[],
): OracleQuestion {
  const kinds = evidenceFor(role, purpose);
  return {
    role,
    purpose,
    evidence: kinds === null ? null : { kind: kinds[0]!, holds: true },
    customer: {
      choices: said === null ? {} : { [purpose]: said },
      restricted: false,
      retained: ['identity'],
      erased: false,
      age,
      childSignal: false,
      chosenBy: by === undefined ? {} : { [purpose]: by },
      stale: stale === undefined ? [] : [purpose],
      objections: objection === undefined ? {} : { [purpose]: objection },
      sale: { optOutAtCollection: true },
      optOutSignal: false,
      collectedUnder: {},
      held: [],
    },
    fields: classes.map((name) => ({
      name,
      class: name,
      sensitivity: 'ordinary',
      purposes: PURPOSES,
      retention: 'identity',
      maskable: true,
    })),
    policy: { hash: 'none', rules: [] },
    balanced: ['fraud-prevention'],
    message: { similarProducts: true, optOutIncluded: true },
    destination: null,
  };
}
