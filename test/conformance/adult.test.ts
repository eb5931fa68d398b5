/** The census table Adult, as ARX's authors prepared it: the optimum that ARX 3.9 publishes for it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { anonymizeTable } from '../../src/anonymize/table/anonymize.ts';

const FOLDER = join(process.env.BAILEE_SHARED ?? '../shared', 'data', 'adult');
const present = existsSync(FOLDER);
if (!present) console.log(`Skipped: the table Adult is not in ${FOLDER} (set BAILEE_SHARED).`);

const linesOf = (text: string) =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(';'));

function adult() {
  const [header, ...rows] = linesOf(gunzipSync(readFileSync(join(FOLDER, 'adult.csv.gz'))).toString('utf8'));
  const hierarchies = Object.fromEntries(
    header!.map((name) => [name, linesOf(readFileSync(join(FOLDER, `adult_hierarchy_${name}.csv`), 'utf8'))]),
  );
  return { header: header!, rows, quasi: header!, hierarchies, k: 5 };
}

describe.skipIf(!present)('the table Adult at k = 5', () => {
  it('has the reference optimum with 4 % suppression, to the row', () => {
    const made = anonymizeTable({ ...adult(), suppression: 0.04 });
    expect(made.vector).toEqual([0, 3, 0, 1, 1, 1, 1, 2, 0]);
    expect(made.suppressed).toBe(1178);
  });

  it('keeps a granularity of at least 0.92 when it is recoded class by class', () => {
    const made = anonymizeTable({ ...adult(), local: true });
    expect(made.granularity).toBeGreaterThanOrEqual(0.92);
    expect(made.suppressed).toBe(0);
  });
});
