/** The verifier for a table in memory. */
import { type Expected, makeTableVerifier, type TableReport } from './table.ts';

/**
 * Whether a released table holds: `header` names its columns, `rows` are its cells, `expected` says what must be true
 * of it. Throws `invalid_table` or `bad_request`, naming row or field, for what cannot be read as a table.
 */
export function verifyTable(
  header: readonly string[],
  rows: Iterable<readonly string[]>,
  expected: Expected,
): TableReport {
  const verifier = makeTableVerifier(header, expected);
  for (const row of rows) verifier.add(row);
  return verifier.finish();
}
