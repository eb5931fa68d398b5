/**
 * decide() on 10,000 distinct cases of 20 fields, reasons read, against Cedar: one stateful call a field, on a policy
 * that is made from the same packs and parsed before, with requests and entities made before. cedar-wasm has no handle
 * for parsed entities, so they are handed over as plain objects; of its answers the policies that made them are read.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { SETTINGS } from '../accept/oracle/case.ts';
import { Cedar } from '../accept/oracle/cedar.ts';
import { generatedCases } from '../accept/oracle/generate.ts';
import { readBook } from '../accept/oracle/law.ts';
import type { Purpose } from '../contract/names.ts';
import { bindLaw, decide, parsePack, type Question } from '../src/law/library.ts';
import { type Bench, type Pair, timed } from './bench.ts';

const CASES = 10_000;
const FIELDS = 20;
/** Cedar takes minutes for all: each run asks it a hundredth of them, another in each run, and counts it a hundredfold. */
const SHARE = 100;
const SEED = 9;
const PACKS = fileURLToPath(new URL('../../packs/law/', import.meta.url));

/** The questions of the generated cases, each with the rules of its place. */
function questions(): Question[] {
  const packs = readdirSync(PACKS)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .map((name) => parsePack(readFileSync(join(PACKS, name), 'utf8'), name));
  const rules = SETTINGS.map(({ customer, store, on, optOut, softOptIn }) =>
    bindLaw(packs, { optOut: optOut as readonly Purpose[], softOptIn }).rulesFor({ customer, store }, on),
  );
  return [...generatedCases(SEED, CASES, FIELDS)].map(
    ({ setting, question }) => ({ ...question, rules: rules[setting] }) as Question,
  );
}

/** Reads every reason, so that none can be left out. */
function ours(asked: readonly Question[]): number {
  let read = 0;
  for (const question of asked) {
    const { because, fields } = decide(question);
    for (const { rule } of because) read += rule.length;
    for (const field of fields) for (const { rule } of field.because) read += rule.length;
  }
  return read;
}

type Call = Parameters<typeof statefulIsAuthorized>[0];

function theirs(calls: readonly Call[]): number {
  let read = 0;
  for (const call of calls) {
    const answer = statefulIsAuthorized(call);
    if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
    read += answer.response.diagnostics.reason.length;
  }
  return read;
}

export const decideBench: Bench = {
  name: 'decide',
  what: `decide() on 10,000 cases of 20 fields against 20 cedar-wasm stateful calls each (Cedar: 100 of the cases a run, times 100)`,
  better: 'higher',
  goal: 500,
  async run(runs) {
    const asked = questions();
    const cedar = new Cedar(readBook(PACKS), SETTINGS);
    const cases = [...generatedCases(SEED, CASES, FIELDS)];
    const batch = (run: number) =>
      cases
        .filter((_, at) => at % SHARE === run % SHARE)
        .flatMap(({ setting, question }) => cedar.calls(setting, question));
    ours(asked);
    theirs(batch(runs).slice(0, FIELDS * 10));
    const pairs: Pair[] = [];
    for (let run = 0; run < runs; run += 1) {
      const calls = batch(run);
      pairs.push({
        oursMs: await timed(() => ours(asked)),
        baselineMs: SHARE * (await timed(() => theirs(calls))),
      });
    }
    return pairs;
  },
};
