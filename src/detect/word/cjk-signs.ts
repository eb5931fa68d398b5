/** What each sign of a CJK text may be a part of, as bits: a pattern is tried only where one of its signs stands. */
import * as words from '../words/cjk.ts';

export const SIGN = {
  /** First signs of words in lists. */
  people: 1 << 0,
  religion: 1 << 1,
  health: 1 << 2,
  place: 1 << 3,
  koreanPlace: 1 << 4,
  /** Roads, estates and houses of Chinese addresses. */
  road: 1 << 5,
  /** Towns and wards of Japanese addresses. */
  town: 1 << 6,
  /** Firms and houses by the ends of their names. */
  firm: 1 << 7,
  japaneseFirm: 1 << 8,
  japaneseHouse: 1 << 9,
  koreanFirm: 1 << 10,
  koreanHouse: 1 << 11,
  /** What no Chinese text has. */
  japanese: 1 << 12,
  honored: 1 << 13,
  colon: 1 << 14,
  dot: 1 << 15,
  koreanRoad: 1 << 16,
  surname: 1 << 17,
  labelledKana: 1 << 18,
} as const;

const firsts = (list: string): string =>
  list
    .split('|')
    .map((word) => word[0])
    .join('');

const LISTS: readonly (readonly [number, string])[] = [
  [
    SIGN.people,
    '中美英法德日韩俄印越意西加澳巴韓國汉回藏满苗彝壮维蒙朝土布侗瑶白哈傣黎アイフドベブ한미일중영프독베러',
  ],
  [SIGN.religion, '基天伊穆佛道印犹猶キイ仏ユヒ기개천불이무유힌'],
  [SIGN.health, '糖高癌肺胃乳が白抑怀懷孕艾乙癫癲哮心过過精化う妊ア喘て統당고우임알천간백암뇌'],
  [SIGN.place, firsts(words.CHINESE_PROVINCES)],
  [SIGN.place, firsts(words.CHINESE_CITIES)],
  [SIGN.place, firsts(words.JAPANESE_PREFECTURES)],
  [SIGN.place, firsts(words.JAPANESE_CITIES)],
  [SIGN.place, firsts(words.COUNTRIES_IN_CJK)],
  [SIGN.koreanPlace, firsts(words.KOREAN_REGIONS)],
  [SIGN.road, '路街道巷弄段同村里苑园園区區厦廈场場寓城府庄镇鎮栋棟幢号號'],
  [SIGN.town, '市区町村郡'],
  [SIGN.firm, '司团團所院行学學校馆園园險券'],
  [SIGN.japaneseFirm, '社人㈱㈲株有'],
  [SIGN.japaneseHouse, '院学校園行庫所ク'],
  [SIGN.koreanFirm, '주회법유㈜'],
  [SIGN.koreanHouse, '행교원자룹재험권설약'],
  [SIGN.japanese, '様殿〒丁番氏'],
  [SIGN.honored, '様さ'],
  [SIGN.koreanRoad, '로길동리가'],
  [SIGN.surname, firsts(words.JAPANESE_SURNAMES.replaceAll(' ', '|'))],
  [SIGN.labelledKana, 'ナ名義みミ・'],
  [SIGN.colon, ':：'],
  [SIGN.dot, '·・•'],
];

/** The bits of each unit. */
export const SIGNS = table();

function table(): Int32Array {
  const bits = new Int32Array(65_536);
  for (const [bit, signs] of LISTS) for (const sign of signs) bits[sign.charCodeAt(0)]! |= bit;
  return bits;
}
