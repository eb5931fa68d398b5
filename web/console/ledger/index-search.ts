/** Which entry the address names. An index says nothing about anybody. */
export interface IndexSearch {
  readonly index?: number;
}

export function readIndex(search: Readonly<Record<string, unknown>>): IndexSearch {
  const { index: asked } = search;
  const index = typeof asked === 'number' || typeof asked === 'string' ? Number(asked) : Number.NaN;
  return Number.isSafeInteger(index) && index >= 0 ? { index } : {};
}
