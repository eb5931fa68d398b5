/** Korean names and addresses. */
import type { Candidate } from '../candidate.ts';
import { KIND, type Tokens } from '../tokenize.ts';
import { KOREAN_DOUBLE_SURNAMES, KOREAN_GIVEN_SIGNS, KOREAN_REGIONS, KOREAN_SURNAMES } from '../words/cjk.ts';
import { SIGN } from './cjk-signs.ts';
import { eachMatch, type Stretch } from './stretch.ts';

const DOUBLES = KOREAN_DOUBLE_SURNAMES.split(' ').join('|');
const ENDING =
  '씨|님|입니다|이에요|예요|이고|이며|이라고|라고|고객님?|한테|이한테|의|이|가|은|는|을|를|에게|께서|께|와|과|랑|이랑|으로|로|도|씨가|씨는|씨의|씨에게|님이|님은|님의|님께|드림|올림';
const TOKEN = new RegExp(
  `^((?:${DOUBLES})[${KOREAN_GIVEN_SIGNS}]{1,2}|[${KOREAN_SURNAMES}][${KOREAN_GIVEN_SIGNS}]{2}|[${KOREAN_SURNAMES}][${KOREAN_GIVEN_SIGNS}])(${ENDING})?$`,
);
/** Behind a label and a colon any syllables may be a name. */
const LABELLED = new RegExp(
  `^((?:${DOUBLES})[가-힣]{1,2}|[${KOREAN_SURNAMES}][가-힣]{2}|[${KOREAN_SURNAMES}][가-힣])(${ENDING})?$`,
);
const TITLED = /^(?:씨|님|입니다|이에요|예요|이라고|라고|고객|드림|올림)/;
const TITLE_AFTER =
  /^(?: (?:씨|님|고객|대표|과장|부장|팀장|사원|대리|선생|교수|의사|간호사|변호사|사장|이사|차장|드림|올림|배상)| ?\((?:만 ?)?\d{1,3}세)/;
const CUE =
  /(?:이름|성함|성명|저는|제 이름|나는|고객|수령인|수령자|받는 사람|받는 분|수취인|담당자|예금주|환자|회원|신청인|신청자|연락처|보내는 사람|보내는 분|보호자|친구|동료|남편|아내|아들|딸|어머니|아버지|동생|언니|누나|오빠|안녕하세요|주문자|구매자|계약자|예약자|입금자|송금인|작성자|명의자|피보험자|배송기사|택배기사|상담사|상담원|직원|매니저|원장|학생|이웃|받으실 분)(?:명|이름)?(?:은|는|이|가)?[ :：,]{1,3}$/;
const COLON = /[:：] ?$/;
/** A family name alone, before a form of address: `김 대리님`. */
const ADDRESSED = /^ (?:씨|(?:대리|과장|부장|팀장|사장|차장|실장|점장|매니저|선생|상담사|기사)님)/;
const WORD =
  /^(?:주소|주문|이번|이용|문의|정보|전화|배송|신청|확인|고객|상품|카드|이름|성함|연락|방문|안내|결제|취소|환불|교환|반품|진행|사용|구매|회원|이메일|오늘|내일|어제|지금|한국|서울|부산|대구|인천|광주|대전|제주|경기|강남|신용|여권|차량|계좌|우리|저희|모두|하지만|그리고|여기|거기|정말|아주|매우|조금|최근|이전|이후|선물|수량|이상|이하|미만|정도|기간|시간|장소|도착|출발|오전|오후|유효|임시|변경|조회|현재|전체|일부|문제|해결|감사|안전|공식|기본|지연|연결|인증|이것|그것|전자|은행|병원|학교|회사|공항|도로|여자|남자|성인|노인|주말|평일)/;

/** Adds names: one word of two to four syllables, by its endings and its neighbors. */
export function koreanNames(tokens: Tokens, out: Candidate[]): void {
  const { text } = tokens;
  for (let at = 0; at < tokens.count; at += 1) {
    if (tokens.kind[at] !== KIND.hangul) continue;
    const [start, end] = [tokens.start[at]!, tokens.end[at]!];
    if (end - start === 1) addressed(text, start, out);
    if (end - start < 2 || end - start > 8) continue;
    const cue = CUE.test(text.slice(Math.max(0, start - 12), start));
    const labelled = cue && COLON.test(text.slice(start - 2, start));
    const found = (labelled ? LABELLED : TOKEN).exec(text.slice(start, end));
    if (found === null || WORD.test(found[0])) continue;
    const name = found[1]!;
    const titled = TITLED.test(found[2] ?? '') || TITLE_AFTER.test(text.slice(end, end + 5));
    const score = (cue ? 0.5 : 0) + (titled ? 0.4 : 0) + (name.length >= 3 ? 0.4 : 0.1);
    // Two syllables behind a word for people are more often another word.
    if ((cue && (name.length > 2 || labelled)) || titled)
      out.push({ start, end: start + name.length, type: 'PERSON', score: Math.min(0.96, score) });
  }
}

function addressed(text: string, start: number, out: Candidate[]): void {
  if (!KOREAN_SURNAMES.includes(text[start]!) || !ADDRESSED.test(text.slice(start + 1, start + 7))) return;
  out.push({ start, end: start + 1, type: 'PERSON', score: 0.7 });
}

const REGIONS = KOREAN_REGIONS.split('|')
  .sort((a, b) => b.length - a.length)
  .join('|');
const LEVELS = '(?: [가-힣]{1,6}(?:시|군|구|읍|면|동)){0,3}';
const ROAD =
  '[가-힣]{1,8}\\d{0,4}[가-힣]{0,3}(?:로|길)(?: ?\\d{1,4}번?길)?(?: ?\\d{1,4}(?:-\\d{1,4})?)|[가-힣]{1,6}(?:동|리|가) \\d{1,4}(?:-\\d{1,4})?(?:번지)?';
const REST =
  '(?:,? ?\\(?[가-힣A-Za-z0-9]{2,14}(?:아파트|빌딩|타워|오피스텔|빌라|맨션|상가|센터|빌|팰리스|하이츠|캐슬|자이|푸르지오|래미안|힐스테이트|더샵|아이파크|프라자|플라자)\\)?|,? [가-힣A-Za-z]{2,12}(?= \\d{1,4}(?:동|호|층)))?(?:,? ?\\d{1,4}동)?(?:,? ?(?:지하 ?)?\\d{1,5}(?:호|층)){0,2}(?: ?\\([가-힣0-9]{1,8}(?:동|가)(?:, ?[가-힣A-Za-z0-9 ]{2,16})?\\))?';
const ADDRESS = new RegExp(
  `(?<![가-힣])(?:\\(?\\d{5}\\)? )?(?<![가-힣])(?:(?:${REGIONS})${LEVELS}|[가-힣]{1,5}(?:시|군|구)${LEVELS}) (?:${ROAD})${REST}`,
  'g',
);

/** Adds addresses by road (since 2014) and by lot. */
export function koreanAddresses(parts: readonly Stretch[], out: Candidate[]): void {
  eachMatch(parts, SIGN.koreanRoad, ADDRESS, (start, match) =>
    out.push({ start, end: start + match[0].length, type: 'ADDRESS', score: 0.92 }),
  );
}
