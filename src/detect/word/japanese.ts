/** Japanese names and addresses. */
import type { Candidate } from '../candidate.ts';
import type { Tokens } from '../tokenize.ts';
import { JAPANESE_PREFECTURES, JAPANESE_SURNAMES } from '../words/cjk.ts';
import { SIGN } from './cjk-signs.ts';
import { eachMatch, type Stretch } from './stretch.ts';

const SURNAMES = JAPANESE_SURNAMES.split(' ')
  .sort((a, b) => b.length - a.length)
  .join('|');
const NAME = new RegExp(
  `(?:${SURNAMES})[ ]?(?:[\\u4e00-\\u9fff々]{1,3}|(?!です|さん|さま|から|より|まで|という|として|にて|では|には|くん|ちゃん|への|との)[ぁ-ん]{2,4}|[ァ-ヶー]{2,5})`,
  'g',
);
const SURNAME = new RegExp(
  `(?:${SURNAMES})(?=さん|様|さま|氏|くん|君|ちゃん|先生|部長|課長|社長|店長|\\(\\d{1,3}[歳才])|(?<=^|[。、,.\\s「])(?:${SURNAMES})(?=と申|と言い|といい|です[。、が]|です$)`,
  'gm',
);
/** Any signs behind a label and a colon, and before a form of address. */
const LABELLED =
  /(?<=(?:氏名|名前|宛名|宛先|受取人|届け先|名義人?|契約者|注文者|差出人|依頼人|担当者?|申込者|購入者|予約者)様?名?[:：] ?)[\u4e00-\u9fff々]{1,4}[ ]?[\u4e00-\u9fff々ぁ-んァ-ヶー]{1,4}(?=$|[ \n、。,(様])/gm;
const HONORED_SIGNS =
  /(?<![\u4e00-\u9fff々])(?!担当|店長|家族|皆|会社|企業|業者|先方|代表|社長|部長|会員|患者|店舗|当社|御社|貴社|弊社|各位|取引|奥|旦那|相手|本人)[\u4e00-\u9fff々]{2,5}(?= ?様)|(?<![\u4e00-\u9fff々])(?!担当|皆|業者|先方|奥|旦那|相手|本人|子供|赤)[\u4e00-\u9fff々]{1,4}(?<![員者師屋店官士家手客長元])(?<=[\u4e00-\u9fff々]{2})(?=さん)/g;
const TITLE = /^ ?(?:さん|様|さま|氏|くん|君|ちゃん|先生|部長|課長|社長|殿)/;
const AFTER =
  /^(?:[、。,.()（）」:\s]|です|より|まで|にて|宛|と申|と言|という|といい|が|は|の|へ|に|を|と|も|から|宛|$)/;
const CUE =
  /(?:氏名|名前|お名前|担当|宛名|宛先|受取人|ご本人|契約者|患者|会員|お客様|私は|わたしは|僕は|名義|連絡先)[はがの:： 、]{0,3}$/;
const KATAKANA =
  /(?<=(?:フリガナ|カナ|氏名|名前|名義|様名|よみ|ヨミ)[はが:： ]{0,3})[ァ-ヶー]{2,6}[ ・][ァ-ヶー]{2,6}|[ァ-ヶー]{2,8}・[ァ-ヶー]{2,10}(?= ?(?:さん|様|氏))/g;
/** Parts of words that a family name only seems to begin. */
const ORDINARY =
  /^(?:東京|東北|東海|森林|林業|関東|関西|関係|南北|泉州|岡山|千葉県|宮崎県|石川県|福島県|山口県|大阪|大阪府|福岡|長野県|広島|上野駅|中野区|新宿)/;

/** Adds names: with a form of address, after a word that names follow, or between particles. */
export function japaneseNames({ text }: Tokens, parts: readonly Stretch[], out: Candidate[]): void {
  eachMatch(parts, SIGN.surname, NAME, (start, match) => {
    if (ORDINARY.test(text.slice(start, start + 4))) return;
    const found = bestEnd(text, start, match[0]);
    if (found !== null) out.push(found);
  });
  const person = (start: number, length: number, score: number) =>
    out.push({ start, end: start + length, type: 'PERSON', score });
  eachMatch(parts, SIGN.surname, SURNAME, (start, match) => {
    if (!/[\u4e00-\u9fff]/.test(text[start - 1] ?? ' ')) person(start, match[0].length, 0.85);
  });
  eachMatch(parts, SIGN.colon, LABELLED, (start, match) => person(start, match[0].length, 0.62));
  eachMatch(parts, SIGN.honored, HONORED_SIGNS, (start, match) => person(start, match[0].length, 0.62));
  eachMatch(parts, SIGN.labelledKana, KATAKANA, (start, match) => person(start, match[0].length, 0.85));
}

const HONORED = /(?:さん|様|さま|氏|くん|ちゃん|先生)/;

function bestEnd(text: string, start: number, whole: string): Candidate | null {
  const cue = CUE.test(text.slice(Math.max(0, start - 8), start));
  const glued = /[\u4e00-\u9fffァ-ヶー]/.test(text[start - 1] ?? ' ');
  const honored = whole.search(HONORED);
  const longest = honored > 0 ? honored : whole.length;
  for (let length = longest; length >= 3; length -= 1) {
    const end = start + length;
    const after = text.slice(end, end + 4);
    const title = TITLE.test(after);
    if (!title && !AFTER.test(after)) continue;
    if (/[はがのへにをともで]$/.test(whole.slice(0, length)) && /[ぁ-ん]/.test(whole)) continue;
    const spaced = whole.includes(' ');
    const score = title ? 0.95 : cue ? 0.92 : spaced ? 0.85 : glued ? 0.3 : 0.65;
    return { start, end, type: 'PERSON', score };
  }
  return null;
}

const BODY = '\\u4e00-\\u9fffぁ-んァ-ヶー々';
const NUMBERS = '\\d{1,4}(?:(?:丁目|番地|番|号|の|-|条[東西南北]?)\\d{0,4}){0,5}(?:号室?|番地?|階)?';
const BUILDING = `(?:[ ]?(?![はがへにをで])[\\u4e00-\\u9fffァ-ヶーA-Za-z・]{2,16}(?:\\d{1,2}(?:ビル|棟|号館))?[ ]?\\d{1,5}(?:号室?|階|F)?)?`;
const FULL = new RegExp(
  `(?:〒?\\d{3}-\\d{4}[ ]?)?(?:${JAPANESE_PREFECTURES})[ ]?[${BODY}]{1,12}?[市区町村郡][ ]?[${BODY}]{0,14}?${NUMBERS}${BUILDING}`,
  'g',
);
const CITY = new RegExp(
  `(?<![\\u4e00-\\u9fff])(?:〒?\\d{3}-\\d{4}[ ]?)?[\\u4e00-\\u9fff]{1,5}(?<!小)[市区][\\u4e00-\\u9fffァ-ヶー々]{1,10}${NUMBERS}${BUILDING}`,
  'g',
);

/** Adds addresses that name a prefecture, or a city or ward, and a block. */
export function japaneseAddresses(parts: readonly Stretch[], out: Candidate[]): void {
  for (const [pattern, score] of [
    [FULL, 0.95],
    [CITY, 0.8],
  ] as const)
    eachMatch(parts, SIGN.town, pattern, (start, { 0: found }) => {
      if (/[号路街弄栋楼]/.test(found) && !/丁目|番|-/.test(found)) return;
      out.push({ start, end: start + found.length, type: 'ADDRESS', score });
    });
}
