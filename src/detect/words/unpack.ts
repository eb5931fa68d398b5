/**
 * Reads a front-coded list: each word as a digit (how many letters it shares with the word before, at most
 * nine) and the rest of its letters. Half the size of a plain list, and quick to read.
 */
export function unpack(packed: string, each: (word: string) => void): void {
  let word = '';
  let from = 0;
  const { length } = packed;
  while (from < length) {
    let to = from + 1;
    while (to < length && !isDigit(packed.charCodeAt(to))) to += 1;
    word = word.slice(0, packed.charCodeAt(from) - 48) + packed.slice(from + 1, to);
    each(word);
    from = to;
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
