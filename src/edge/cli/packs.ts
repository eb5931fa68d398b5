/** Reads policy packs from a folder: this is where their files are touched. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Purpose } from '../../../contract/names.ts';
import type { LawInForce } from '../../gate/context.ts';
import type { CaseFile, Pack } from '../../law/facts.ts';
import { bindLaw } from '../../law/law-book.ts';
import { parseCases } from '../../law/parse-cases.ts';
import { parsePack } from '../../law/parse-pack.ts';
import type { Config } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';

const CASES = '.cases.yaml';

/** The folder of the packs that come with Bailee. */
export function packsOfBailee(): string {
  return join(projectRoot(), 'packs', 'law');
}

/** All packs of a folder, by name. Throws `invalid_pack` (with file, line, reason) and `invalid_configuration`. */
export function readPacks(folder: string): Pack[] {
  return namesIn(folder)
    .filter((name) => !name.endsWith(CASES))
    .map((name) => parsePack(readFileSync(join(folder, name), 'utf8'), name));
}

/** The cases beside them. */
export function readCases(folder: string): CaseFile[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(CASES))
    .map((name) => parseCases(readFileSync(join(folder, name), 'utf8'), name));
}

/**
 * The packs that the configuration names, or null when it names none. `reload` reads them again; when one is faulty it
 * throws, and those that were in force stay in force. Throws as `readPacks` does.
 */
export function lawInForce(config: Config): LawInForce | null {
  const { law, strictest, balancing, optOut, softOptIn } = config;
  if (law === null) return null;
  const folder = law === 'bailee' ? packsOfBailee() : law;
  const settings = { optOut: optOut as readonly Purpose[], softOptIn };
  const read = () => bindLaw(readPacks(folder), settings, strictest ?? undefined);
  let book = read();
  return {
    book: () => book,
    balancing: balancing as ReadonlyMap<Purpose, string>,
    reload: () => {
      book = read();
    },
  };
}

function namesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    const fault = 'The folder of the policy packs cannot be read.';
    throw new BaileeError('invalid_configuration', fault, { faults: [fault] });
  }
  return names.filter((name) => name.endsWith('.yaml')).sort();
}
