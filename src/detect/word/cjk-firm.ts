/** Firms, schools and hospitals in Chinese, Japanese and Korean: by legal forms and endings, without particles. */
import type { Candidate } from '../candidate.ts';
import { CHINESE_CITIES, CHINESE_PROVINCES } from '../words/cjk.ts';
import { SIGN } from './cjk-signs.ts';
import { eachMatch, holds, type Stretch } from './stretch.ts';

const HAN = '\\u4e00-\\u9fff々';
const CHINESE = new RegExp(
  `[${HAN}][${HAN}A-Za-z（）()]{1,13}?(?:股份有限公司|有限责任公司|有限責任公司|有限公司|(?:集团|集團)(?:股份有限公司|有限公司|公司)?|事务所|事務所|研究院|银行|銀行|大学|大學|医院|醫院|科技公司)(?:(?:附属|附屬|第)[${HAN}]{0,6}?(?:医院|醫院|中学|中學|小学|小學))?`,
  'g',
);
/** Schools and the like, whose endings are ordinary words: only behind the town they stand in. */
const LOCAL = new RegExp(
  `(?:${CHINESE_CITIES}|${CHINESE_PROVINCES})[市省]?[${HAN}]{1,8}?(?:中学|中學|小学|小學|幼儿园|幼兒園|幼稚園|学院|學院|学校|學校|宾馆|诊所|診所|保险公司|证券)`,
  'g',
);
/** Signs before a firm's name that belong to the sentence. */
const LEAD =
  /^.*(?:在|到|于|於|是|从|從|为|為|(?<![协協永共祥颐])和(?![平睦谐信美])|与|與|给|給|我司|我们|就职|就職|任职|任職|供职|来自|來自|去|向|由|的|了|用|请问|請問|联系|聯繫|聯絡|代表|供应商|供應商|寄往|请开|開立|这家|這家|客户|客戶|品牌|单位|單位|公司名|抬头|抬頭)/u;
/** Most names begin with the town; what stands before it belongs to the sentence. */
const TOWN = new RegExp(`${CHINESE_PROVINCES}|${CHINESE_CITIES}`);

const JAPANESE_FORM =
  '株式会社|有限会社|合同会社|合資会社|一般社団法人|一般財団法人|医療法人|学校法人|社会福祉法人|\\(株\\)|\\(有\\)|㈱|㈲';
const NO_NAME = 'から|まで|より|では|には|との|にて|への|という|です|とは|でも|ですが|御中|様|担当|宛';
const JAPANESE_FIRM = new RegExp(
  `(?:${JAPANESE_FORM}) ?(?!${NO_NAME})(?:[ぁ-ん]{2,5}(?=[${HAN}ァ-ヶー]))?(?:(?!御中|担当|経理|営業|総務)[${HAN}ァ-ヶー・A-Za-z0-9&]){1,14}(?:の(?:会|家|里|森))?`,
  'g',
);
const JAPANESE_END = new RegExp(
  `(?<![${HAN}ァ-ヶーA-Za-z])(?:(?<![ぁ-ん])[ぁ-ん]{2,5})?[${HAN}ァ-ヶー・A-Za-z]{1,14}(?:株式会社|有限会社|合同会社|\\(株\\)|\\(有\\)|㈱|㈲)(?![${HAN}ァ-ヶーA-Za-z])`,
  'g',
);
const JAPANESE_HOUSE = new RegExp(
  `(?<![${HAN}ァ-ヶーA-Za-z])(?!総合|救急|動物|地方|地元|都市|近所|他行|当行|当院|国立大学|私立)(?:(?<![ぁ-ん])[ぁ-ん]{2,5})?[${HAN}ァ-ヶー]{2,12}(?:病院|医院|クリニック|大学|大学院|高等学校|高校|中学校|小学校|幼稚園|保育園|銀行|信用金庫|研究所|製作所)(?![${HAN}])`,
  'g',
);

const PARTICLE =
  '에서|으로|에게|까지|부터|입니다|이에요|예요|이라고|라고|이고|이며|에는|에도|에|의|은|는|이|가|을|를|과|와|로|도';
const KOREAN_FIRM = new RegExp(
  `(?:(?:주식회사|유한회사|사단법인|재단법인|의료법인) ?|(?<![가-힣])\\((?:주|유)\\)|(?<![가-힣])㈜)([가-힣A-Za-z0-9]{2,14}?)(?=(?:${PARTICLE})?(?![가-힣A-Za-z0-9]))`,
  'g',
);
const KOREAN_END = new RegExp(
  `(?<![가-힣])[가-힣A-Za-z]{2,12}(?:\\(주\\)|㈜| ?주식회사(?! [가-힣]))(?=(?:${PARTICLE})?(?![가-힣]))`,
  'g',
);
const KOREAN_HOUSE = new RegExp(
  `(?<![가-힣])(?!종합|동물|근처|다른|인터넷|저축|해당|거래|시중|지방|대학병원)[가-힣]{2,10}(?:은행|대학교|병원|의원|고등학교|중학교|초등학교|유치원|전자|그룹|화재|생명보험|증권|건설|제약)(?=(?:${PARTICLE})?(?![가-힣]))`,
  'g',
);
const KOREAN_PARTICLES = new RegExp(`^(?:${PARTICLE})$`);

/** Cheap to look for; without it the dear patterns find nothing. */
const MARKS = {
  chinese: /[司团團所院行学學校馆园園险券]/,
  japanese: /[社人㈱㈲]|\((?:株|有)\)/,
  house: /[院学校園行庫所]|クリニック/,
  korean: /회사|법인|\([주유]\)|㈜/,
};

interface Scripts {
  readonly han: boolean;
  readonly kana: boolean;
  readonly hangul: boolean;
}

/** Adds organizations by the scripts that the text has. Every pattern is bounded, so the time is linear. */
export function cjkFirms(
  text: string,
  parts: readonly Stretch[],
  { han, kana, hangul }: Scripts,
  out: Candidate[],
): void {
  if (han && !kana && holds(parts, SIGN.firm, MARKS.chinese))
    for (const pattern of [CHINESE, LOCAL])
      eachMatch(parts, SIGN.firm, pattern, (start, match) => chinese(text, start, match[0], out));
  const whole = (start: number, match: RegExpExecArray) => add(start, match[0].length, 0.84, out);
  if ((han || kana) && holds(parts, SIGN.japaneseFirm, MARKS.japanese)) {
    eachMatch(parts, SIGN.japaneseFirm, JAPANESE_FIRM, whole);
    eachMatch(parts, SIGN.japaneseFirm, JAPANESE_END, whole);
  }
  if (kana && holds(parts, SIGN.japaneseHouse, MARKS.house))
    eachMatch(parts, SIGN.japaneseHouse, JAPANESE_HOUSE, whole);
  if (!hangul) return;
  eachMatch(parts, SIGN.koreanFirm, KOREAN_END, whole);
  eachMatch(parts, SIGN.koreanHouse, KOREAN_HOUSE, whole);
  if (!holds(parts, SIGN.koreanFirm, MARKS.korean)) return;
  eachMatch(parts, SIGN.koreanFirm, KOREAN_FIRM, (start, match) => {
    if (!KOREAN_PARTICLES.test(match[1]!)) add(start, match[0].length, 0.84, out);
  });
}

function chinese(text: string, start: number, name: string, out: Candidate[]): void {
  const lead = leadOf(name);
  const end = start + name.length;
  // A card of a bank is a card.
  if (/^(?:储蓄|儲蓄|信用)?卡|^(?:账|帐|帳)/.test(text.slice(end, end + 4))) return;
  if (name.length - lead >= 4) add(start + lead, name.length - lead, 0.8, out);
}

function leadOf(name: string): number {
  const lead = LEAD.exec(name)?.[0].length ?? 0;
  const town = name.slice(lead).search(TOWN);
  // `腾讯科技（深圳）有限公司` has its town inside.
  return town > 0 && !/[（(]/.test(name.slice(lead, lead + town)) ? lead + town : lead;
}

function add(start: number, length: number, score: number, out: Candidate[]): void {
  out.push({ start, end: start + length, type: 'ORGANIZATION', score });
}
