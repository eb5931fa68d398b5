import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from './detect.ts';
import { detectStream } from './stream.ts';

async function all(pieces: readonly string[]) {
  const spans = [];
  for await (const span of detectStream(pieces)) spans.push(span);
  return spans;
}

const SENTENCE =
  'Ms. Anna Lee lives at 12 Main Street, Springfield. Her card is 4111 1111 1111 1111. 收件人：李晓明。\n';

describe('a stream', () => {
  it('finds what the whole text holds, wherever it is cut', async () => {
    const text = SENTENCE.repeat(1500);
    const expected = detect(text);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1000, max: 90_000 }), async (size) => {
        const pieces = [];
        for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
        expect(await all(pieces)).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });

  it('may be cut inside a sign of two units, but not end there', async () => {
    expect(await all(['anna@example.com \ud83d', '\ude00'])).toHaveLength(1);
    await expect(all(['abc \ud83d'])).rejects.toThrow('at 4');
  });
});
