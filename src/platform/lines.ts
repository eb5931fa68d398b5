/** Lines of a stream, one at a time, whatever the size of the stream. The runtime's own reader swallows a stream's errors. */

import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** No line of ours is longer; a file that goes on without an end of line must not fill the memory. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Lines (UTF-8) without their `\n`; the last one may lack it. Throws what the stream throws. */
export async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop()!;
    if (rest.length > MOST_CHARACTERS) throw new Error('a line is too long');
    yield* lines;
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}
