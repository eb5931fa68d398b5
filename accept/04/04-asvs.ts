/** OWASP ASVS 5.0 level 2: each requirement that applies names a passing test; at most five exceptions, nothing open. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AcceptLine } from '../line.ts';
import { runTests } from './run-tests.ts';

const PAGE = fileURLToPath(new URL('../../../docs/asvs.md', import.meta.url));
const MOST_EXCEPTIONS = 5;

export const line: AcceptLine = {
  issue: 4,
  number: 4,
  title: 'OWASP ASVS 5.0 level 2: a passing test for every requirement that applies',
  quick: false,
  async run() {
    const rows = readFileSync(PAGE, 'utf8').matchAll(
      /^\| (\d+\.\d+\.\d+) \|[^|]*\| ([a-z ]+) \|([^|]*)\|$/gm,
    );
    const verdicts = [...rows].map(([, id, verdict, shown]) => ({ id, verdict, shown: shown! }));
    const of = (verdict: string) => verdicts.filter((row) => row.verdict === verdict);
    const named = new Set(
      of('applies').flatMap(({ shown }) =>
        [...shown.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file]) => file!),
      ),
    );
    const tests = await runTests(['test/asvs.test.ts', ...named].sort());
    const open = of('not yet').map(({ id }) => id);
    const figure = `${of('applies').length} apply, ${of('exception').length} exceptions, ${of('does not apply').length} do not apply, ${open.length} not yet (${open.join(', ')}); ${tests.figure}`;
    return { pass: tests.pass && open.length === 0 && of('exception').length <= MOST_EXCEPTIONS, figure };
  },
};
