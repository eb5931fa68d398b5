/** Whether a released row says nothing that its original does not: each cell is the value, or above it in its tree. */

/** Per column: lines of a value and its generalizations, as they were given to the search. */
export type Generalizations = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Answers for a released row and its original, cell by cell. Columns without a hierarchy must be unchanged. */
export function makeGeneralizes(
  header: readonly string[],
  generalizations: Generalizations,
): (released: readonly string[], original: readonly string[]) => boolean {
  const allowed = header.map((name) => {
    const lines = generalizations.get(name);
    return lines === undefined ? null : new Map(lines.map((line) => [line[0]!, new Set(line)]));
  });
  return (released, original) =>
    released.length === original.length &&
    released.every((cell, at) => allowed[at]?.get(original[at]!)?.has(cell) ?? cell === original[at]);
}
