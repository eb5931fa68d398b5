/** The packs that come with Bailee, as the law in force of a context. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LawInForce } from '../../src/gate/context.ts';
import { bindLaw } from '../../src/law/law-book.ts';
import { parsePack } from '../../src/law/parse-pack.ts';

/** Read once a test file. */
export function lawOfPacks(folder = 'packs/law'): LawInForce {
  const packs = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml') && !name.endsWith('.cases.yaml'))
    .map((name) => parsePack(readFileSync(join(folder, name), 'utf8'), name));
  const book = bindLaw(packs);
  return { book: () => book, balancing: new Map(), reload: () => undefined };
}
