/** Which entry the address names. An index says nothing about anybody. */
export interface IndexSearch {
  readonly index?: number;
}

export function readIndex(search: Readonly<Record<string, unknown>>): IndexSearch {
  const index = Number(search.index ?? Number.NaN);
  return Number.isSafeInteger(index) && index >= 0 ? { index } : {};
}
