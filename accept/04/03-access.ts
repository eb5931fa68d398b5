/** Who may call what: the table-driven test, run by itself. A route without a row fails it. */
import type { AcceptLine } from '../line.ts';
import { runTests } from './run-tests.ts';

export const line: AcceptLine = {
  issue: 4,
  number: 3,
  title:
    'Every route and every role: what is allowed, and nothing of other stores, other customers or the erased',
  run: () => runTests(['test/journeys/access.test.ts']),
};
