/** Chinese postal addresses: from the number of a house outward, to the province on its left and the room on its right. */
import type { Candidate } from '../candidate.ts';
import { CHINESE_CITIES, CHINESE_PROVINCES } from '../words/cjk.ts';
import { SIGN } from './cjk-signs.ts';
import { eachMatch, type Stretch } from './stretch.ts';

const COUNT = '[0-9一二三四五六七八九十百千零〇]{1,7}';
/** A building and a room in it, whatever the estate is called: `万达公馆2栋3004`. */
const ROOM =
  '(?:[A-Z]|[A-Z]?\\d{1,3})(?:栋|棟|幢|号楼|號樓)(?=[ ]?(?:[一二三四五六七八九十0-9]{1,3}[ ]?(?:单元|單元|门|层|層|楼|樓)|[A-Z]?\\d{3,4}))';
/** Signs of the sentence around an address. */
const STOP_SIGNS = '在到至往址是为為给給去从從寄送住您你请請改了我他她即把被叫和与與';
const STOPS_IN = `[${STOP_SIGNS}]`;
const STOPS = new Set([...STOP_SIGNS, ...'：，。；！？、「」（）()“”"…']);
/** A road, lane or estate, and a number in it. */
const ANCHOR = new RegExp(
  `(?:路|街|大道|道|巷|弄|段|胡同|村|里|苑|园|園|小区|小區|花园|花園|大厦|大廈|广场|廣場|公寓|家园|城|府|庄|镇|鎮)[ ]?(?:[一二三四五六七八九十]{1,2}段)?(?:[东西南北中東]?)[ ]?[A-Za-z甲乙丙丁附]?${COUNT}(?:[-之]\\d{1,4})?[ ]?(?:号楼|號樓|号院|號院|弄|巷|号|號|栋|棟|幢|座|室|楼|樓|单元|單元|期|组|組|(?<=(?:路|街|大道|巷)\\d{1,4})(?=[，,。；;、\\s]|$))|(?<=[\\u4e00-\\u9fff])${ROOM}`,
  'g',
);
const TAIL = new RegExp(
  `[ ,，]?(?:[东西南北]?[一二三四五六七八九1-9]期|附\\d{1,4}[号號]|之[一二三四五]|[东西南北中][单單]元|(?<=[号號])(?:-\\d{1,4}){1,3}|\\d{1,2}[A-Z](?![A-Za-z0-9])|(?:(?!${STOPS_IN})[\\u4e00-\\u9fff]){2,12}(?=(?:[A-Z]|[A-Z]?\\d{1,3})(?:号楼|號樓|栋|棟|幢|座|塔|层|層|室))|(?:[A-Za-z]|${COUNT}|[A-Za-z]${COUNT}|[甲乙丙丁东西南北])(?:[-之]\\d{1,5}){0,2}[ ]?(?:号楼|號樓|号院|號院|栋|棟|幢|座|塔|单元|單元|层|層|楼|樓|室|户|戶|房|门|門|弄|巷|号|號|区|F)(?:之\\d{1,3})?|\\d{3,5}(?![0-9元块個个件年月日号號折-])|[A-Za-z]{0,8}[\\u4e00-\\u9fff]{2,8}(?:小区|小區|花园|花園|大厦|大廈|广场|廣場|公寓|家园|家園|社区|大楼|大樓|新村|苑|国际|中心|城|府|庭|园|里)(?=[ ]?[A-Za-z0-9一二三四五六七八九十]|[，,。；;、)）\\s]|$)|\\d{1,4}-\\d{1,4}(?:-\\d{1,5})?(?![0-9-]))`,
  'y',
);
const MOST_LEFT = 36;
const MOST_PARTS = 8;
const LEFT = /[\u4e00-\u9fff0-9A-Za-z· -]/;
const HEAD = new RegExp(`(?:${CHINESE_PROVINCES}|${CHINESE_CITIES})`);
/** What a sentence leaves before an address without a province. */
const LEAD = /^(?:成|个|下|货|件|快递|新|现|家|的)/;
/** A level above the road: without one, a road and a number are an address only when they stand alone. */
const LEVEL = /[省市区區县縣镇鎮乡鄉旗州]/;
const LABEL = /(?:地址|住址|位于|位於|住在|家住|寄到|送到|送至|收货|收貨)[是为為在：: ]{0,3}$/;

/** Adds addresses with a road or an estate and a number in it. */
export function chineseAddresses(text: string, parts: readonly Stretch[], out: Candidate[]): void {
  let done = 0;
  eachMatch(parts, SIGN.road, ANCHOR, (anchor, { 0: found }) => {
    if (anchor < done) return;
    const start = leftEnd(text, anchor, done);
    const end = rightEnd(text, anchor + found.length);
    const body = text.slice(start, anchor);
    const named = LABEL.test(text.slice(Math.max(0, start - 8), start));
    if (body.length < 1 || (body.length < 2 && !LEVEL.test(body))) return;
    const score = HEAD.test(body) ? 0.95 : LEVEL.test(body) || named ? 0.88 : 0.65;
    out.push({ start, end, type: 'ADDRESS', score });
    done = end;
  });
}

function leftEnd(text: string, anchor: number, floor: number): number {
  let at = anchor;
  while (at > floor && anchor - at < MOST_LEFT) {
    const sign = text[at - 1]!;
    if ((STOPS.has(sign) && !isInside(text, at - 1)) || !LEFT.test(sign)) break;
    at -= 1;
  }
  const body = text.slice(at, anchor);
  // What stands before the province is no part of the address.
  const head = HEAD.exec(body);
  // … but `朝阳区` before `北京路` is.
  if (head !== null && !LEVEL.test(body.slice(0, head.index))) return at + head.index;
  const space = body.lastIndexOf(' ') + 1;
  const lead = LEAD.exec(body.slice(space))?.[0].length ?? 0;
  return at + space + lead;
}

/** `呼和浩特市`, `天津市和平区`: the sign joins nothing where a province or town goes before it. */
function isInside(text: string, at: number): boolean {
  if (text[at] !== '和') return false;
  if (text[at - 1] === '呼' && text[at + 1] === '浩') return true;
  return /(?:[省市区區县縣]|新区)[\u4e00-\u9fff]{0,3}$/.test(text.slice(Math.max(0, at - 6), at));
}

function rightEnd(text: string, from: number): number {
  let end = from;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    TAIL.lastIndex = end;
    if (!TAIL.test(text)) break;
    end = TAIL.lastIndex;
  }
  return end;
}
