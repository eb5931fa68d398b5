import { detectWindow, moved, wellFormed } from './detect.ts';
import { planOf } from './options.ts';
import type { DetectedSpan, DetectOptions } from './types.ts';
import { forgettable, windowAt } from './windows.ts';

/**
 * Finds personal data in text that comes in pieces, with a memory of some 130,000 units. Finds what `detect`
 * finds in the whole text, wherever the pieces are cut.
 * @param chunks pieces of one text; a cut inside a surrogate pair does no harm
 * @returns spans in the order of the text; offsets count from its beginning
 * @throws DetectError like `detect`
 */
export async function* detectStream(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: DetectOptions = {},
): AsyncGenerator<DetectedSpan> {
  const plan = planOf(options);
  let text = '';
  let offset = 0;
  let partStart = 0;
  // The spans of the part before, so that none of the next part overlaps them.
  let found: DetectedSpan[] = [];
  const advance = function* (ended: boolean): Generator<DetectedSpan> {
    while (partStart < text.length) {
      const window = windowAt(text, partStart, ended);
      if (window === null) return;
      wellFormed(text.slice(window.from, window.to).replace(/[\ud800-\udbff]$/, ''), offset + window.from);
      const known = found.length;
      detectWindow(text, window, plan, found);
      for (const span of found.slice(known)) yield moved(span, offset);
      const forget = forgettable(window.partEnd);
      text = text.slice(forget);
      offset += forget;
      partStart = window.partEnd - forget;
      found = found.slice(-1).map((span) => moved(span, -forget));
    }
  };
  for await (const chunk of chunks) {
    text += chunk;
    yield* advance(false);
  }
  wellFormed(text, offset);
  yield* advance(true);
}
