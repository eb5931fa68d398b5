/** Every fact is used, and every used fact makes a difference: its case flips when it is taken away. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  answerLaw,
  type Case,
  type Fact,
  parseCases,
  parsePack,
  type Regime,
} from '../../src/law/library.ts';
import { Faults } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';
import { listedAsUnused, PACKS, packFiles, rowsOfFacts, writtenFacts } from './law-files.ts';

const BAILEE = fileURLToPath(new URL('../../../src/bailee.mjs', import.meta.url));
const MOST_UNUSED = 40;

export const line: AcceptLine = {
  issue: 2,
  number: 1,
  title: 'Every fact stands in a pack, and a case flips when it is removed',
  async run({ log }) {
    const faults = new Faults(log);
    const used = judgeUse(faults);
    const flipped = judgeFlips(faults);
    const told = JSON.parse(
      execFileSync(process.execPath, [BAILEE, 'law', 'check', '--json'], { encoding: 'utf8' }),
    ) as { cases: number; facts: number; wrong: unknown[]; idle: unknown[] };
    faults.equal(told.wrong.length + told.idle.length, 0, 'faults that `bailee law check` finds');
    faults.equal(told.facts, flipped.facts, 'facts that `bailee law check` counts');
    return faults.verdict(
      `${used}; ${flipped.flips} of ${flipped.facts} facts flip one of ${flipped.cases} cases`,
    );
  },
};

/** Rows against what is written in the packs: same regime, name, citation, confidence and days. */
function judgeUse(faults: Faults): string {
  const written = writtenFacts();
  const unlisted = listedAsUnused();
  const rows = rowsOfFacts();
  let used = 0;
  let unused = 0;
  for (const row of rows) {
    const name = `${row.regime} ${row.topic}`;
    const own = written.filter(
      (fact) =>
        fact.regime === row.regime && (fact.name === row.topic || fact.name.startsWith(`${row.topic}/`)),
    );
    if (own.length === 0) {
      unused += 1;
      faults.check(unlisted.has(name), `${name} is used or listed`);
      continue;
    }
    used += 1;
    for (const fact of own) {
      faults.equal(fact.citation, row.citation, `citation of ${name}`);
      faults.equal(fact.confidence, row.confidence, `confidence of ${name}`);
      if (row.effective_from) faults.equal(fact.effective_from, row.effective_from, `start of ${name}`);
      if (row.effective_to) faults.equal(fact.effective_to, row.effective_to, `end of ${name}`);
    }
  }
  faults.check(unused <= MOST_UNUSED, `at most ${MOST_UNUSED} rows are unused (${unused})`);
  faults.check(rows.length > 700, `the fact file is whole (${rows.length} rows)`);
  return `${used} of ${rows.length} rows are used`;
}

/** Takes each fact away by hand, and asks its cases again. */
function judgeFlips(faults: Faults): { facts: number; cases: number; flips: number } {
  const read = (name: string) => readFileSync(join(PACKS, name), 'utf8');
  const { packs, cases: caseFiles } = packFiles();
  const parsed = packs.map((name) => parsePack(read(name), name));
  const regimes: Regime[] = parsed.flatMap((pack) => pack.regimes);
  const facts: Fact[] = parsed.flatMap((pack) => pack.facts);
  const cases: Case[] = caseFiles.flatMap((name) => parseCases(read(name), name).cases);
  const ask = (each: Case, without: Fact | null) => {
    const law = {
      regimes: regimes.filter(({ code }) => each.regimes.includes(code)),
      facts: facts.filter((fact) => fact !== without && each.regimes.includes(fact.regime)),
    };
    return answerLaw(law, each.question).answer;
  };
  for (const each of cases) faults.equal(ask(each, null), each.answer, each.title);
  let flips = 0;
  for (const fact of facts) {
    const flipped = cases.some(
      (each) => each.regimes.includes(fact.regime) && ask(each, fact) !== each.answer,
    );
    faults.check(flipped, `a case flips without ${fact.regime} ${fact.name}`);
    if (flipped) flips += 1;
  }
  return { facts: facts.length, cases: cases.length, flips };
}
