/** The packs and the fact file as an outsider reads them: with a YAML parser and nothing of Bailee. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const PACKS = join(ROOT, 'packs', 'law');
const NOT_USED = join(ROOT, 'packs', 'NOT-USED.md');

/** A row of the fact file. */
export interface Row {
  readonly regime: string;
  readonly topic: string;
  readonly citation: string;
  readonly confidence: string;
  readonly effective_from?: string;
  readonly effective_to?: string;
}

/** A fact of a pack, as it is written. */
export interface Written extends Omit<Row, 'topic'> {
  readonly file: string;
  readonly name: string;
}

interface PackText {
  readonly regimes: Readonly<Record<string, unknown>>;
  readonly facts: readonly (Omit<Written, 'file' | 'name' | 'regime'> & { fact: string; regime?: string })[];
}

export function rowsOfFacts(): Row[] {
  const path = join(process.env.BAILEE_SHARED ?? join(ROOT, '..', 'shared'), 'law', 'law-facts.json');
  const read = JSON.parse(readFileSync(path, 'utf8')) as Row[] | { readonly facts: Row[] };
  return Array.isArray(read) ? read : read.facts;
}

export function packFiles(): { readonly packs: readonly string[]; readonly cases: readonly string[] } {
  const all = readdirSync(PACKS)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return {
    packs: all.filter((name) => !name.endsWith('.cases.yaml')),
    cases: all.filter((name) => name.endsWith('.cases.yaml')),
  };
}

export function writtenFacts(): Written[] {
  return packFiles().packs.flatMap((file) => {
    const pack = parse(readFileSync(join(PACKS, file), 'utf8')) as PackText;
    const first = Object.keys(pack.regimes)[0]!;
    return pack.facts.map(({ fact, regime, ...rest }) => ({
      ...rest,
      file,
      name: fact,
      regime: regime ?? first,
    }));
  });
}

/** Rows that the list of unused ones names, as `regime topic` in backticks at the head of a line. */
export function listedAsUnused(): Set<string> {
  const lines = readFileSync(NOT_USED, 'utf8').split('\n');
  return new Set(lines.flatMap((line) => /^[-|] *`([^`]+)`.*\S/.exec(line)?.[1] ?? []));
}
