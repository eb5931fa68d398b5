/** The word passes for Chinese, Japanese and Korean, which have no capitals and mostly no spaces. */
import type { Candidate } from '../candidate.ts';
import { KIND } from '../tokenize.ts';
import { chineseAddresses } from './chinese-address.ts';
import { chineseNames } from './chinese-name.ts';
import { cjkFirms } from './cjk-firm.ts';
import { cjkTerms } from './cjk-terms.ts';
import { japaneseAddresses, japaneseNames } from './japanese.ts';
import { koreanAddresses, koreanNames } from './korean.ts';
import type { Reading } from './reading.ts';

/** Signs that no Chinese text has: a form of address, a block, the mark of a postal code. */
const JAPANESE = /[様殿](?![\u4e00-\u9fff])|〒|丁目|番地|氏名/;

/** Adds what the scripts of the text allow. Kana makes it Japanese, Hangul Korean, Han alone Chinese. */
export function scanCjk({ tokens }: Reading, out: Candidate[]): void {
  const seen = new Uint8Array(16);
  for (let at = 0; at < tokens.count; at += 1) seen[tokens.kind[at]!] = 1;
  const [han, kana, hangul] = [seen[KIND.han] === 1, seen[KIND.kana] === 1, seen[KIND.hangul] === 1];
  if (!han && !kana && !hangul) return;
  const { text } = tokens;
  if (han && kana) {
    japaneseAddresses(text, out);
    japaneseNames(tokens, out);
  }
  if (hangul) {
    koreanAddresses(text, out);
    koreanNames(tokens, out);
  }
  if (han && !kana) {
    if (JAPANESE.test(text)) japaneseNames(tokens, out);
    chineseAddresses(text, out);
    chineseNames(tokens, out);
    if (!hangul) japaneseAddresses(text, out);
  }
  cjkTerms(text, out);
  cjkFirms(text, { han, kana, hangul }, out);
}
