/** The packs that come with Bailee, judged by the cases beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeCases } from './judge-cases.ts';
import { parseCases } from './parse-cases.ts';
import { parsePack } from './parse-pack.ts';

const FOLDER = 'packs/law';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const packs = files
  .filter((name) => !name.endsWith('.cases.yaml'))
  .map((name) => parsePack(read(name), name));
const cases = files
  .filter((name) => name.endsWith('.cases.yaml'))
  .map((name) => parseCases(read(name), name));

describe('the packs that come with Bailee', () => {
  const judgment = judgeCases(packs, cases);

  it('answer every case as the lawyer wrote it', () => {
    expect(judgment.cases).toBeGreaterThan(1000);
    expect(judgment.wrong).toEqual([]);
  });

  it('hold no fact that a case could do without', () => {
    expect(judgment.idle.map(({ regime, name }) => `${regime} ${name}`)).toEqual([]);
  });

  it('name each regime once', () => {
    const codes = packs.flatMap(({ regimes }) => regimes.map(({ code }) => code));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('a wrong answer and an idle fact are both found', () => {
    const [first, ...rest] = cases[0]!.cases;
    const lied = [{ file: 'lie', cases: [{ ...first!, answer: 'never' }, ...rest] }];
    expect(judgeCases(packs, lied).wrong).toHaveLength(1);
    expect(judgeCases(packs.slice(0, 1), []).idle).toHaveLength(packs[0]!.facts.length);
  });
});
