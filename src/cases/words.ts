/** What people write in a case, before it is sealed: read once, so that it can be shown masked, and cut where it must be. */
import { withoutCards } from '../collect/cards.ts';
import { readText } from '../collect/read-text.ts';
import type { FreeText } from '../gate/free-text.ts';
import { BaileeError } from '../platform/errors.ts';

/**
 * Full card numbers and secrets are cut out; all else stays as it was written, of a complaint too: it is evidence, sealed
 * and not redacted. Throws `invalid_body` for a text of blanks.
 * @param country of the store, to read national phone numbers
 */
export function wordsOf(text: string, country: string | null, path: string): FreeText {
  const whole = text.toWellFormed().replaceAll('\u0000', '\ufffd').trim();
  if (whole === '') throw new BaileeError('invalid_body', 'Write something.', { path });
  return readText(withoutCards(whole), country);
}
