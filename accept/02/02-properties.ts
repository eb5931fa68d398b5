/** Less consent, one more regime, an unknown, another order: none of them reveals more. By 100,000 cases, and in a small world whole. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Faults } from '../01/faults.ts';
import { Dice } from '../crash/dice.ts';
import type { AcceptLine } from '../line.ts';
import { PACKS, packFiles } from './law-files.ts';
import { judgePairs } from './pairs.ts';
import { bookOf, draw, judgeDrawn } from './property-cases.ts';
import { judgeWorld } from './small-world.ts';

const FULL = 100_000;
const QUICK = 2_000;

export const line: AcceptLine = {
  issue: 2,
  number: 2,
  title: 'Properties of decide(), by generated cases and in a small world, whole',
  async run({ quick, log, seed }) {
    const faults = new Faults(log);
    const book = bookOf(packFiles().packs.map((name) => [name, readFileSync(join(PACKS, name), 'utf8')]));
    const dice = new Dice(`law properties ${seed ?? 1}`);
    const roll = (end: number) => dice.below(end);
    const count = quick ? QUICK : FULL;
    let open = 0;
    for (let at = 0; at < count; at += 1) {
      const drawn = draw(roll, book);
      if (judgeDrawn(drawn, book, faults, at)) open += 1;
      if ((at + 1) % 20_000 === 0) log(`${at + 1} cases`);
    }
    faults.check(
      open > count / 5 && open < (4 * count) / 5,
      `a fair share of the generated cases opens (${open})`,
    );
    const world = judgeWorld(book, faults);
    const pairs = judgePairs(book, faults, quick ? 10 : 1);
    return faults.verdict(`${count} generated cases (${open} open); ${pairs}; ${world}`);
  },
};
