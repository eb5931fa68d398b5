/** The pictures of the console: every page of every rail, in all its states, none of them with anything that sticks out. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Faults } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';
import { runScreens, SCREENS } from '../run-screens.ts';

/** Before sign-in there is nothing to be fetched. */
const OUTSIDE = new Set<string | undefined>(['sign-in', 'join']);
const MOST_BYTES = 14 * 1024 * 1024;
const FOLDER = join(SCREENS, 'console');

export const line: AcceptLine = {
  issue: 4,
  number: 2,
  title:
    'Every page at 390 and 1440, both languages, light and dark, empty, loading, error and full; nothing overflows',
  quick: false,
  async run({ log }) {
    const faults = new Faults(log);
    const { code, said } = await runScreens();
    faults.equal(code, 0, 'npm run screens');
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.webp'));
    const pages = new Set(names.map((name) => /^(.+)-(?:full|empty|loading|error)-/.exec(name)?.[1]));
    for (const page of pages)
      for (const state of OUTSIDE.has(page) ? ['full'] : ['full', 'empty', 'loading', 'error'])
        for (const language of ['en', 'zh-CN'])
          for (const width of [390, 1440])
            for (const theme of ['light', 'dark'])
              faults.check(
                names.includes(`${page}-${state}-${language}-${width}-${theme}.webp`),
                `no picture of ${page}, ${state}, in ${language} at ${width}, ${theme}`,
              );
    const bytes = names.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
    faults.check(bytes <= MOST_BYTES, `${bytes} bytes of pictures`);
    return faults.verdict(`${names.length} pictures of ${pages.size} pages; ${said}`);
  },
};
