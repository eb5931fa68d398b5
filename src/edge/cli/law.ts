import { PURPOSES } from '../../../contract/names.ts';
import { isDay } from '../../law/calendar.ts';
import { type Explained, type ExplainInput, type Explanation, explain } from '../../law/explain.ts';
import { judgeCases } from '../../law/judge-cases.ts';
import { bindLaw } from '../../law/law-book.ts';
import { systemClock } from '../../platform/random.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { packsOfBailee, readCases, readPacks } from './packs.ts';

const OPTIONS = {
  customer: { type: 'string' },
  store: { type: 'string' },
  purpose: { type: 'string' },
  age: { type: 'string' },
  category: { type: 'string' },
  on: { type: 'string' },
  packs: { type: 'string' },
  json: { type: 'boolean' },
} as const;

type Asked = { readonly [K in keyof typeof OPTIONS]?: K extends 'json' ? boolean : string };

/** The law as the packs tell it. */
export const lawCommand: Command = {
  help: `Usage: bailee law explain --purpose <purpose> [options]
       bailee law check [--packs <folder>] [--json]

  --customer <code>   where the customer lives, as ISO 3166 code: DE, GP, US-CA; unknown without it
  --store <code>      where the shop is established
  --purpose <name>    ${PURPOSES.slice(0, 4).join(', ')} …
  --age <years>       of the customer
  --category <kind>   a kind of data: biometric, health …
  --on <day>          the day whose law is asked for (default: today)
  --packs <folder>    other packs than those of Bailee
  --json              as JSON; the fields are described in docs/law.md

explain prints the regimes, the consent model, the legal bases, deadlines, breach clocks and ages, each with
its pack, citation and confidence. check judges packs by the cases beside them.

Example: bailee law explain --customer DE --store CN --purpose advertising --age 15`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  const folder = values.packs ?? packsOfBailee();
  if (words.length === 1 && words[0] === 'explain') return explainLaw(values, folder, deps);
  if (words.length === 1 && words[0] === 'check') return checkPacks(values, folder, deps);
  throw new CommandError(EXIT.usage, 'Say what to do: bailee law explain, or bailee law check.');
}

function explainLaw(values: Asked, folder: string, deps: Deps): ExitCode {
  const input = inputOf(values);
  const explanation = explain(bindLaw(readPacks(folder)), input);
  print(deps, values.json, explanation, () => lines(explanation));
  return EXIT.done;
}

function checkPacks(values: Asked, folder: string, deps: Deps): ExitCode {
  const { wrong, idle, ...counts } = judgeCases(readPacks(folder), readCases(folder));
  const idleNames = idle.map(({ regime, name }) => `${regime} ${name}`);
  print(deps, values.json, { ...counts, wrong, idle: idleNames }, () => [
    `${counts.facts} facts, ${counts.cases} cases`,
    ...wrong.map(
      (each) =>
        `${each.file}:${each.line}: ${each.title}: expected ${each.expected}, answered ${each.answered}`,
    ),
    ...idleNames.map((name) => `No case flips without ${name}.`),
  ]);
  return wrong.length + idle.length === 0 ? EXIT.done : EXIT.failed;
}

const PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/;

function inputOf(values: Asked): ExplainInput {
  const purpose = PURPOSES.find((each) => each === values.purpose);
  if (purpose === undefined)
    throw new CommandError(EXIT.usage, `--purpose takes one of: ${PURPOSES.join(', ')}.`);
  const { category } = values;
  const on = values.on ?? new Date(systemClock.now()).toISOString().slice(0, 10);
  if (!isDay(on)) throw new CommandError(EXIT.usage, '--on takes a day, like 2026-11-22.');
  if (values.age !== undefined && !/^\d{1,3}$/.test(values.age))
    throw new CommandError(EXIT.usage, '--age takes whole years.');
  return {
    customer: place(values.customer, '--customer'),
    store: place(values.store, '--store'),
    purpose,
    on,
    ...(values.age === undefined ? {} : { age: Number(values.age) }),
    ...(category === undefined ? {} : { category }),
  };
}

function place(value: string | undefined, option: string): string | null {
  if (value === undefined) return null;
  const code = value.toUpperCase();
  if (!PLACE.test(code))
    throw new CommandError(EXIT.usage, `${option} takes an ISO 3166 code, like DE or US-CA.`);
  return code;
}

function lines(told: Explanation): string[] {
  const { childAge } = told;
  return [
    `Regimes on ${told.on}:`,
    ...told.regimes.map(({ code, name, because }) => `  ${code}  ${name} (${because})`),
    `Consent for ${told.purpose}: ${told.consent.model}. Legal basis: ${told.bases.join(', ')}${told.balancingNeeded ? ', with a balancing record' : ''}.`,
    ...told.consent.because.map(cited),
    `Children: a parent chooses below ${childAge.parentUnder}, the customer from ${childAge.ownFrom} on; shut below ${childAge.closedUnder}.`,
    ...childAge.because.map(cited),
    ...(told.child === null ? [] : part('The customer', [told.child])),
    ...(told.category === null ? [] : part('Sensitive', [told.category])),
    ...part('Deadlines', told.deadlines),
    ...part('Breach clocks', told.breachClocks),
    ...part('Kept until', told.keep),
    ...(told.unverified.length === 0
      ? []
      : [`${told.unverified.length} facts are not verified: they may tighten, never loosen.`]),
  ];
}

function part(head: string, answers: readonly Explained[]): string[] {
  return [
    `${head}:`,
    ...answers.flatMap(({ what, answer, because }) => [`  ${what}: ${answer}`, ...because.map(cited)]),
  ];
}

function cited({ pack, regime, citation, confidence }: Explained['because'][number]): string {
  return `    ${regime}: ${citation} [${pack}, ${confidence}]`;
}
