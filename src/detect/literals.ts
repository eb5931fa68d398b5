/**
 * A list of words that are looked for as substrings, such as CJK words that nothing parts. Answers what an
 * alternation of them in a pattern would, longest first, but tries only those that begin with the sign at hand.
 */
export interface Literals {
  /** 1 for units that begin a word of the list. */
  readonly begins: Uint8Array;
  readonly byUnit: ReadonlyMap<number, readonly string[]>;
}

export function literals(words: Iterable<string>): Literals {
  const begins = new Uint8Array(65_536);
  const byUnit = new Map<number, string[]>();
  for (const word of [...new Set(words)].sort((a, b) => b.length - a.length)) {
    const unit = word.charCodeAt(0);
    begins[unit] = 1;
    const known = byUnit.get(unit);
    if (known === undefined) byUnit.set(unit, [word]);
    else known.push(word);
  }
  return { begins, byUnit };
}

/** The longest word of the list at `at` that ends by `end`, or null. */
export function literalAt(
  { begins, byUnit }: Literals,
  text: string,
  at: number,
  end: number,
): string | null {
  const unit = text.charCodeAt(at);
  if (begins[unit] !== 1) return null;
  for (const word of byUnit.get(unit)!) if (at + word.length <= end && text.startsWith(word, at)) return word;
  return null;
}

/** The same list to look backwards. */
export interface Endings {
  readonly byUnit: ReadonlyMap<number, readonly string[]>;
}

export function endings(words: Iterable<string>): Endings {
  const byUnit = new Map<number, string[]>();
  for (const word of new Set(words)) {
    const unit = word.charCodeAt(word.length - 1);
    const known = byUnit.get(unit);
    if (known === undefined) byUnit.set(unit, [word]);
    else known.push(word);
  }
  return { byUnit };
}

/** Whether a word of the list ends at `end`. */
export function endsLiteral({ byUnit }: Endings, text: string, end: number): boolean {
  const words = byUnit.get(text.charCodeAt(end - 1));
  if (words === undefined) return false;
  for (const word of words) if (word.length <= end && text.startsWith(word, end - word.length)) return true;
  return false;
}
