/** The word passes for Chinese, Japanese and Korean, which have no capitals and mostly no spaces. */
import type { Candidate } from '../candidate.ts';
import { KIND } from '../tokenize.ts';
import { chineseAddresses } from './chinese-address.ts';
import { chineseNames } from './chinese-name.ts';
import { cjkFirms } from './cjk-firm.ts';
import { SIGN } from './cjk-signs.ts';
import { cjkTerms } from './cjk-terms.ts';
import { japaneseAddresses, japaneseNames } from './japanese.ts';
import { koreanAddresses, koreanNames } from './korean.ts';
import type { Reading } from './reading.ts';
import { holds, stretches } from './stretch.ts';

/** Signs that no Chinese text has: a form of address, a block, the mark of a postal code. */
const JAPANESE = /[様殿](?![\u4e00-\u9fff])|〒|丁目|番地|氏名/;

/** Adds what the scripts of the text allow. Kana makes it Japanese, Hangul Korean, Han alone Chinese. */
export function scanCjk({ tokens }: Reading, out: Candidate[]): void {
  const has = (kind: number) => (tokens.kinds & (1 << kind)) !== 0;
  const [han, kana, hangul] = [has(KIND.han), has(KIND.kana), has(KIND.hangul)];
  if (!han && !kana && !hangul) return;
  const parts = stretches(tokens);
  if (han && kana) {
    japaneseAddresses(parts, out);
    japaneseNames(tokens, parts, out);
  }
  if (hangul) {
    koreanAddresses(parts, out);
    koreanNames(tokens, out);
  }
  if (han && !kana) {
    if (holds(parts, SIGN.japanese, JAPANESE)) japaneseNames(tokens, parts, out);
    chineseAddresses(tokens.text, parts, out);
    chineseNames(tokens, parts, out);
    if (!hangul) japaneseAddresses(parts, out);
  }
  cjkTerms(parts, out);
  cjkFirms(tokens.text, parts, { han, kana, hangul }, out);
}
