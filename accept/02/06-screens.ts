/** The pictures of banner and shop: all there, none of them with anything that sticks out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Faults } from '../01/faults.ts';
import type { AcceptLine } from '../line.ts';
import { runScreens, SCREENS } from '../run-screens.ts';

const FOLDER = SCREENS;
const MOST_BYTES = 6 * 1024 * 1024;
const PAGES = ['banner', 'panel', 'home', 'shelf', 'product', 'basket', 'checkout', 'account'];

export const line: AcceptLine = {
  issue: 2,
  number: 6,
  title: 'Screens at two widths, four languages, light and dark; nothing overflows',
  quick: false,
  async run({ log }) {
    const faults = new Faults(log);
    const { code, said } = await runScreens();
    faults.equal(code, 0, 'npm run screens');
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.webp'));
    for (const page of PAGES)
      for (const language of ['en', 'zh', 'de', 'ar'])
        for (const width of [390, 1440])
          for (const theme of ['light', 'dark'])
            faults.check(
              names.includes(`${page}-${language}-${width}-${theme}.webp`),
              `no picture of ${page} in ${language} at ${width}, ${theme}`,
            );
    const bytes = names.reduce((sum, name) => sum + readFileSync(join(FOLDER, name)).length, 0);
    faults.check(bytes <= MOST_BYTES, `${bytes} bytes of pictures`);
    return faults.verdict(`${names.length} pictures, ${Math.round(bytes / 1024)} KB; ${said}`);
  },
};
