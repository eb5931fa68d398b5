/** Places, health, religion and nationality in Chinese, Japanese and Korean: by lists and endings. */
import type { Candidate } from '../candidate.ts';
import type { EntityType } from '../types.ts';
import * as words from '../words/cjk.ts';

const longestFirst = (list: string): string =>
  list
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|');

const PLACES = new RegExp(
  `(?:${longestFirst(`${words.CHINESE_PROVINCES}|${words.CHINESE_CITIES}|${words.JAPANESE_PREFECTURES}|${words.JAPANESE_CITIES}|${words.COUNTRIES_IN_CJK}`)})(?:特别行政区|省(?!钱|时|事|心)|市(?!场|民|值|面|價|价))?`,
  'g',
);
const KOREAN_PLACES = new RegExp(
  `(?<![가-힣])(?:${longestFirst(words.KOREAN_REGIONS)})(?=[ ,.에의로을를과와은는이]|$)`,
  'gm',
);
const HEALTH =
  /糖尿病|高血[压壓圧]|癌症|肺癌|胃癌|乳腺癌|乳がん|がん|白血病|抑[郁鬱]症|[怀懷]孕|孕[妇婦]|艾滋病|乙肝|[癫癲][痫癇]|哮喘|心[脏臟]病|[过過]敏|精神分裂症|化[疗療]|うつ病|妊娠|アレルギー|喘息|てんかん|統合失調症|당뇨병?|고혈압|우울증|임신|알레르기|천식|간염|백혈병|암 진단|뇌전증/g;
const RELIGION =
  /基督教徒?|天主教徒?|[伊][斯][兰蘭]教|穆斯林|佛教徒?|道教|印度教徒?|[犹猶]太教|キリスト教徒?|イスラム教徒?|仏教徒?|ユダヤ教徒?|ヒンドゥー教徒?|기독교인?|개신교|천주교|불교|이슬람교|무슬림|유대교|힌두교/g;
const PEOPLE =
  /(?:中国|美国|英国|法国|德国|日本|韩国|俄罗斯|印度|越南|意大利|西班牙|加拿大|澳大利亚|巴西|美國|英國|法國|德國|韓國)(?:籍|人(?!民|口|气|氣|数|壽|寿|工|员))|(?:汉|回|藏|满|苗|彝|壮|维吾尔|蒙古|朝鲜|土家|布依|侗|瑶|白|哈萨克|傣|黎)族|(?:日本|中国|韓国|アメリカ|イギリス|フランス|ドイツ|ベトナム|ブラジル)(?:人|国籍)|(?:한국|미국|일본|중국|영국|프랑스|독일|베트남|러시아)(?:인|사람)(?=[ 이은는을를의.,]|$)/gm;

/** Adds candidates from the whole text. Every pattern is bounded, so the time is linear. */
export function cjkTerms(text: string, out: Candidate[]): void {
  add(text, PEOPLE, 'NATIONALITY', 0.85, out);
  add(text, RELIGION, 'RELIGION', 0.85, out);
  add(text, HEALTH, 'HEALTH', 0.85, out);
  add(text, PLACES, 'PLACE', 0.75, out);
  add(text, KOREAN_PLACES, 'PLACE', 0.75, out);
}

function add(text: string, pattern: RegExp, type: EntityType, score: number, out: Candidate[]): void {
  for (const match of text.matchAll(pattern))
    out.push({ start: match.index, end: match.index + match[0].length, type, score });
}
