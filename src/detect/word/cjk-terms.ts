/** Places, health, religion and nationality in Chinese, Japanese and Korean: by lists and endings. */
import type { Candidate } from '../candidate.ts';
import { literalAt, literals } from '../literals.ts';
import { CLASS, HANGUL } from '../sign-class.ts';
import type { EntityType } from '../types.ts';
import * as words from '../words/cjk.ts';
import { SIGN, SIGNS } from './cjk-signs.ts';
import type { Stretch } from './stretch.ts';

const PLACES = literals(
  `${words.CHINESE_PROVINCES}|${words.CHINESE_CITIES}|${words.JAPANESE_PREFECTURES}|${words.JAPANESE_CITIES}|${words.COUNTRIES_IN_CJK}`.split(
    '|',
  ),
);
/** Belongs to the name of a place before it. */
const LEVEL = /特别行政区|省(?!钱|时|事|心)|市(?!场|民|值|面|價|价)/y;
const KOREAN_PLACES = literals(words.KOREAN_REGIONS.split('|'));
const HEALTH =
  /糖尿病|高血[压壓圧]|癌症|肺癌|胃癌|乳腺癌|乳がん|がん|白血病|抑[郁鬱]症|[怀懷]孕|孕[妇婦]|艾滋病|乙肝|[癫癲][痫癇]|哮喘|心[脏臟]病|[过過]敏|精神分裂症|化[疗療]|うつ病|妊娠|アレルギー|喘息|てんかん|統合失調症|당뇨병?|고혈압|우울증|임신|알레르기|천식|간염|백혈병|암 진단|뇌전증/y;
const RELIGION =
  /基督教徒?|天主教徒?|[伊][斯][兰蘭]教|穆斯林|佛教徒?|道教|印度教徒?|[犹猶]太教|キリスト教徒?|イスラム教徒?|仏教徒?|ユダヤ教徒?|ヒンドゥー教徒?|기독교인?|개신교|천주교|불교|이슬람교|무슬림|유대교|힌두교/y;
const PEOPLE =
  /(?:中国|美国|英国|法国|德国|日本|韩国|俄罗斯|印度|越南|意大利|西班牙|加拿大|澳大利亚|巴西|美國|英國|法國|德國|韓國)(?:籍|人(?!民|口|气|氣|数|壽|寿|工|员))|(?:汉|回|藏|满|苗|彝|壮|维吾尔|蒙古|朝鲜|土家|布依|侗|瑶|白|哈萨克|傣|黎)族|(?:日本|中国|韓国|アメリカ|イギリス|フランス|ドイツ|ベトナム|ブラジル)(?:人|国籍)|(?:한국|미국|일본|중국|영국|프랑스|독일|베트남|러시아)(?:인|사람)(?=[ 이은는을를의.,]|$)/my;

const TERMS = SIGN.people | SIGN.religion | SIGN.health | SIGN.place | SIGN.koreanPlace;

/** Where the next term of each kind may begin: behind the last one of its kind. */
interface Free {
  people: number;
  religion: number;
  health: number;
  place: number;
  korean: number;
}

/** Adds candidates of all stretches. Every pattern is bounded, so the time is linear. */
export function cjkTerms(parts: readonly Stretch[], out: Candidate[]): void {
  for (const { from, text, signs } of parts) {
    if ((signs & TERMS) === 0) continue;
    const free: Free = { people: 0, religion: 0, health: 0, place: 0, korean: 0 };
    const add = (at: number, end: number, type: EntityType, score: number): number => {
      if (end > at) out.push({ start: from + at, end: from + end, type, score });
      return end;
    };
    for (let at = 0; at < text.length; at += 1) {
      const bits = SIGNS[text.charCodeAt(at)]! & TERMS;
      if (bits === 0) continue;
      if ((bits & SIGN.people) !== 0 && at >= free.people)
        free.people = add(at, fitEnd(PEOPLE, text, at), 'NATIONALITY', 0.85);
      if ((bits & SIGN.religion) !== 0 && at >= free.religion)
        free.religion = add(at, fitEnd(RELIGION, text, at), 'RELIGION', 0.85);
      if ((bits & SIGN.health) !== 0 && at >= free.health)
        free.health = add(at, fitEnd(HEALTH, text, at), 'HEALTH', 0.85);
      if ((bits & SIGN.place) !== 0 && at >= free.place)
        free.place = add(at, placeEnd(text, at), 'PLACE', 0.75);
      if ((bits & SIGN.koreanPlace) !== 0 && at >= free.korean)
        free.korean = add(at, koreanEnd(text, at), 'PLACE', 0.75);
    }
  }
}

/** Where what the sticky pattern finds at `at` ends; `at` when it finds nothing. */
function fitEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function placeEnd(text: string, at: number): number {
  const place = literalAt(PLACES, text, at, text.length);
  return place === null ? at : fitEnd(LEVEL, text, at + place.length);
}

/** The end of a place between spaces and particles. */
function koreanEnd(text: string, at: number): number {
  if (at > 0 && CLASS[text.charCodeAt(at - 1)] === HANGUL) return at;
  const list = KOREAN_PLACES.byUnit.get(text.charCodeAt(at))!;
  const place = list.find((word) => text.startsWith(word, at) && endsKorean(text, at + word.length));
  return at + (place?.length ?? 0);
}

function endsKorean(text: string, at: number): boolean {
  const next = text[at];
  return next === undefined || '\n\r\u2028\u2029 ,.에의로을를과와은는이'.includes(next);
}
