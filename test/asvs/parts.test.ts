import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lookUp, type Part, releaseAfter } from '../kit/registry.ts';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const DAY_MS = 86_400_000;

/** Parts that are older than the time frame, and why they stay. None is. */
const KEPT: Readonly<Record<string, string>> = {};
/** Known faults that are being mended, by the address of their advisory, and the day on which they were seen. */
const SEEN: Readonly<Record<string, string>> = {};

const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
const direct: Part[] = Object.entries(dependencies).map(([name, version]) => ({ name, version }));
const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Record<string, { version?: string; dev?: boolean }>;
};
/** All that runs, also what the direct parts bring along. */
const running: Part[] = Object.entries(packages).flatMap(([path, { version, dev }]) =>
  path === '' || dev === true || version === undefined
    ? []
    : [{ name: path.split('node_modules/').at(-1)!, version }],
);

/** Days, by the rows of the table in SECURITY.md. */
const frames = new Map(
  [...read('SECURITY.md').matchAll(/^\| ([^|]+) \| (\d+) days \|$/gm)].map(([, what, days]) => [
    what!,
    Number(days),
  ]),
);
const frame = (word: string) => [...frames].find(([what]) => what.includes(word))?.[1] ?? Number.NaN;

const asked = await lookUp(direct);
if (asked === null) console.warn('parts.test.ts needs the package registry (npm config get registry)');

describe('the time frames', () => {
  it('are written down: for faults by how bad they are, for parts that are given up, and for new releases', () => {
    const days = ['critical', 'high', 'any other', 'given up', 'newer release'].map(frame);
    expect(days).toEqual([2, 14, 60, 30, 180]);
  });

  it('begin with the first release after the one that is used', () => {
    const versions = ['1.2.3', '1.2.4', '1.10.0', '1.3.0-beta.1', '2.0.0', '1.2.10'];
    expect(releaseAfter(versions, '1.2.3')).toBe('1.2.4');
    expect(releaseAfter(versions, '1.2.4')).toBe('1.2.10');
    expect(releaseAfter(versions, '1.2.10')).toBe('1.10.0');
    expect(releaseAfter(versions, '1.10.0')).toBeNull();
    expect(releaseAfter(versions, '2.0.0')).toBeNull();
  });
});

describe.skipIf(asked === null)('a part that runs', () => {
  const known = asked?.known ?? [];

  it('is not given up by its makers, and not older than the time frames allow', () => {
    expect(known).toHaveLength(direct.length);
    const late = known.filter(
      ({ name, there, deprecated, superseded }) =>
        KEPT[name] === undefined &&
        (!there || deprecated !== null || (superseded !== null && superseded.days > frame('newer release'))),
    );
    expect(late).toEqual([]);
    const newer = known.flatMap(({ name, version, superseded }) =>
      superseded === null ? [] : [`${name} ${version} (${superseded.by}, ${superseded.days} days)`],
    );
    if (newer.length > 0) console.info(`Newer, within the time frame: ${newer.join(', ')}`);
  });

  it('stays older than that only where it is needed, and says why', () => {
    for (const [name, why] of Object.entries(KEPT)) {
      expect({ name, why: why.length > 20 }).toEqual({ name, why: true });
      const { deprecated = null, superseded = null } = known.find((each) => each.name === name) ?? {};
      // What is up to date again stands on no list.
      expect({ name, kept: deprecated !== null || superseded !== null }).toEqual({ name, kept: true });
    }
  });

  it('has no known fault for longer than the time frame of its severity', async () => {
    const faults = await asked!.advisoriesOf(running);
    if (faults === null) {
      console.info(
        'This registry answers no questions about known faults; deprecations and age were asked for.',
      );
      return;
    }
    const over = faults.filter(({ url, severity }) => {
      const seen = SEEN[url];
      const days = Number.isNaN(frame(severity)) ? frame('any other') : frame(severity);
      return seen === undefined || Date.now() > Date.parse(seen) + days * DAY_MS;
    });
    expect(over).toEqual([]);
  });
});
