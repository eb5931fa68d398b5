/** A few of the schedules of `npm run accept -- 1 --line 10`, so that a broken promise is seen with every test run. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dice } from '../../accept/crash/dice.ts';
import type { Line } from '../../accept/crash/history.ts';
import { type Installation, openInstallation } from '../../accept/crash/installation.ts';
import { MUTANTS } from '../../accept/crash/mutants.ts';
import { planOf } from '../../accept/crash/plan.ts';
import { play } from '../../accept/crash/play.ts';
import { KINDS } from '../../accept/crash/ports.ts';
import { faultOf, findSites, runHere, runKilled } from '../../accept/crash/schedule.ts';
import { freshPostgres } from '../../accept/server.ts';
import { POSTGRES_REASON, postgres } from '../kit/context.ts';

const HERE = 24;
const KILLED = 3;
const LONG_MS = 600_000;
const CHILD = fileURLToPath(new URL('../../dist/accept/crash/child.js', import.meta.url));

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOf(7, 'erase')).toEqual(planOf(7, 'erase'));
    expect(planOf(7, 'erase')).not.toEqual(planOf(8, 'erase'));
  });

  it('holds the operation that its fault is for at least twice', () => {
    for (const kind of KINDS)
      for (let seed = 1; seed <= 50; seed += 1) {
        const steps = planOf(seed, kind).clients.flat();
        expect(steps.filter(({ step }) => step.kind === kind).length).toBeGreaterThanOrEqual(2);
      }
  });
});

describe('the dice', () => {
  it('fall the same way for the same name', () => {
    const throws = (name: string) => {
      const dice = new Dice(name);
      return Array.from({ length: 20 }, () => dice.below(1000));
    };
    expect(throws('a')).toEqual(throws('a'));
    expect(throws('a')).not.toEqual(throws('b'));
  });
});

describe.skipIf(postgres === null)(
  `crash schedules${postgres === null ? `: ${POSTGRES_REASON}` : ''}`,
  () => {
    let installation: Installation;
    let drop: () => Promise<void>;
    let sites: string[];

    beforeAll(async () => {
      const made = await freshPostgres();
      drop = made.drop;
      installation = await openInstallation(made.url, true);
      sites = await findSites(installation);
    }, LONG_MS);
    afterAll(async () => {
      await installation.close();
      await drop();
    });

    it('find port calls of every operation to fail at', () => {
      for (const kind of KINDS) {
        const own = sites.filter((site) => site.startsWith(`${kind} `)).length;
        expect(own, kind).toBeGreaterThan(2);
      }
    });

    it('play the same history for the same seed', { timeout: LONG_MS }, async () => {
      const histories: string[] = [];
      for (let time = 0; time < 2; time += 1) {
        const lines: Line[] = [];
        await installation.reset();
        await play(installation, 3, faultOf(3, sites, false), (line) => lines.push(line));
        histories.push(JSON.stringify(lines));
      }
      expect(histories[0]).toBe(histories[1]);
    });

    it(`keep the promises with a fault in the process (${HERE} seeds)`, { timeout: LONG_MS }, async () => {
      for (let seed = 1; seed <= HERE; seed += 1) {
        const fault = faultOf(seed, sites, false);
        const { broken } = await runHere(installation, seed, fault);
        expect(broken, `seed ${seed}, ${JSON.stringify(fault)}`).toEqual([]);
      }
    });

    it.skipIf(!existsSync(CHILD))(
      `keep the promises when the process is killed (${KILLED} seeds; needs a build)`,
      { timeout: LONG_MS },
      async () => {
        for (let seed = 1; seed <= KILLED; seed += 1) {
          const fault = faultOf(seed, sites, true);
          const { broken } = await runKilled(installation, seed, fault, CHILD);
          expect(broken, `seed ${seed}, ${JSON.stringify(fault)}`).toEqual([]);
        }
      },
    );
  },
);

describe('the planted bugs', () => {
  it('are three, each caught by a sentence about the promise that it breaks', () => {
    expect(MUTANTS.map(({ name, caughtBy }) => [name, caughtBy.source.slice(0, 3)])).toEqual([
      ['entry after release', '^P1'],
      ['key read from cache', '^P2'],
      ['dedupe after insert', '^P4'],
    ]);
  });
});
