/**
 * Answers cases by decide(), reached through the published library, in a process of its own:
 * `node worker.js LIBRARY PACKS.json SEED COUNT WORLD [PARSED.json]`. One line a case, as `Cedar.answer` writes it.
 * With a last name the packs, once parsed, are written there; a list of parsed packs is taken as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type OracleCase, type OracleQuestion, SETTINGS } from './case.ts';
import { generatedCases } from './generate.ts';
import { SMALL_WORLD, WIDE_WORLD, worldCases } from './world.ts';

interface Library {
  readonly bindLaw: (
    packs: unknown,
    settings: { readonly optOut: readonly string[]; readonly softOptIn: boolean },
  ) => { rulesFor(where: { customer: string | null; store: string | null }, on: string): unknown };
  readonly parsePack: (text: string, file: string) => unknown;
  readonly decide: (question: OracleQuestion & { readonly rules: unknown }) => {
    readonly allowed: boolean;
    readonly fields: readonly { readonly state: string }[];
  };
}

type PackText = { readonly file: string; readonly text: string };

const [library, packs, seed, count, world, save] = process.argv.slice(2);
const { bindLaw, decide, parsePack } = (await import(pathToFileURL(library!).href)) as Library;
const given = JSON.parse(readFileSync(packs!, 'utf8')) as readonly (PackText | { readonly pack: string })[];
const parsed = given.map((each) => ('text' in each ? parsePack(each.text, each.file) : each));
if (save !== undefined) writeFileSync(save, JSON.stringify(parsed));
const rules = SETTINGS.map(({ customer, store, on, optOut, softOptIn }) =>
  bindLaw(parsed, { optOut, softOptIn }).rulesFor({ customer, store }, on),
);

function answer({ setting, question }: OracleCase): string {
  try {
    const { allowed, fields } = decide({ ...question, rules: rules[setting] });
    return `${allowed ? 1 : 0}${fields.map(({ state }) => state[0]).join('')}`;
  } catch (error) {
    return `!${error instanceof Error ? error.message.split('\n')[0] : 'threw'}`;
  }
}

const lines: string[] = [];
for (const each of worldCases(world === 'wide' ? WIDE_WORLD : SMALL_WORLD)) lines.push(answer(each));
for (const each of generatedCases(Number(seed), Number(count))) lines.push(answer(each));
process.stdout.write(`${lines.join('\n')}\n`);
