/** The one pass over the tokens that finds all that has a pattern. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { neighborhood } from '../neighborhood.ts';
import { CASE, KIND, type Tokens } from '../tokenize.ts';
import { ageAt } from './age.ts';
import { birthMonthAt, monthDateAt, numeralDates, weekdayAt, writtenDateAt, yearAt } from './date.ts';
import { scanMixed, uuidAt } from './mixed.ts';
import { scanNumbers } from './numbers.ts';
import { hanPlateAt, locationAt, plateAt } from './plate.ts';
import { assignedFrom, assignedSecretAt, issuedSecretAt, pemAt } from './secret.ts';
import { domainAt, emailAt, machineAt, shortIpv6At, spelledEmailAt, urlAt } from './web.ts';
import { zipAt } from './zip.ts';

/** Candidates of every pattern type, in no order, overlapping. */
export function scanPatterns(tokens: Tokens, region: string | undefined): Candidate[] {
  const out: Candidate[] = [];
  const scan: Scan = { tokens, region, out, inRunUntil: -1 };
  for (let at = 0; at < tokens.count; at += 1) {
    const kind = tokens.kind[at]!;
    if (kind === KIND.word) scanWord(scan, at);
    else if (kind === KIND.number) scanNumber(scan, at);
    else if (kind === KIND.mixed) scanLettered(scan, at);
    else if (kind === KIND.sign) scanSign(scan, at);
    else if (kind === KIND.han || kind === KIND.hangul || kind === KIND.kana) scanIdeographs(scan, at);
  }
  return out;
}

interface Scan {
  readonly tokens: Tokens;
  readonly region: string | undefined;
  readonly out: Candidate[];
  /** The last token of the run of digits that was looked at as a whole. */
  inRunUntil: number;
}

function keep(out: Candidate[], candidate: Candidate | null): void {
  if (candidate !== null) out.push(candidate);
}

function scanWord({ tokens, out }: Scan, at: number): void {
  const { text, start, end, flags } = tokens;
  const length = end[at]! - start[at]!;
  const next = text.charCodeAt(end[at]!);
  const first = text.charCodeAt(start[at]!) | 32;
  // `http:`, `https:`, `ftp:`, `wss:`, `www.`
  if (
    (next === 58 && (first === 104 || first === 102 || first === 119)) ||
    (next === 46 && length === 3 && first === 119)
  )
    keep(out, urlAt(tokens, at));
  if (next === 46 && isAsciiLetter(text.charCodeAt(end[at]! + 1))) keep(out, domainAt(tokens, at));
  if ((next === 58 || next === 45 || next === 46) && length <= 4) keep(out, machineAt(tokens, at));
  if (isAt(tokens, at + 1) || isBracket(text, end[at]!)) keep(out, spelledEmailAt(tokens, at));
  if ((flags[at]! & FLAG.calendar) !== 0) keep(out, monthDateAt(tokens, at) ?? weekdayAt(tokens, at));
  if ((flags[at]! & FLAG.secret) !== 0) keep(out, assignedSecretAt(tokens, at));
  if (next === 95 || next === 45 || next === 46 || length > 20) keep(out, issuedSecretAt(tokens, at));
  if (
    (tokens.letterCase[at] === CASE.upper && length <= 4) ||
    (length === 1 && tokens.letterCase[at] === CASE.capital)
  ) {
    keep(out, plateAt(tokens, at));
    if (isDigitNear(text, end[at]!)) scanMixed(tokens, at, out);
  }
}

function isAsciiLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

/** An opening bracket, at most one space on: `name [at] example`. */
function isBracket(text: string, at: number): boolean {
  const code = text.charCodeAt(text.charCodeAt(at) === 32 ? at + 1 : at);
  return code === 40 || code === 91 || code === 123;
}

function isDigitNear(text: string, at: number): boolean {
  for (let near = at; near < at + 3; near += 1) {
    const code = text.charCodeAt(near);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
}

/** First signs of the CJK words for the sign `@`. */
const CJK_AT = /^(?:艾特|골뱅이|앳|アットマーク|アット)/;
const LATIN_AT = /^(?:arroba|arobase)$/i;

/** The word `at`, `ät`, `arroba` or the like, or its first bracket. */
function isAt({ text, start, end, kind, count }: Tokens, at: number): boolean {
  if (at >= count) return false;
  const what = kind[at]!;
  const from = start[at]!;
  if (what >= KIND.han && what <= KIND.hangul) return CJK_AT.test(text.slice(from, from + 6));
  if (what !== KIND.word) return false;
  const length = end[at]! - from;
  if (length !== 2 && length !== 6 && length !== 7) return false;
  const first = text.charCodeAt(from) | 32;
  if (length === 2) return (first === 97 || first === 228) && (text.charCodeAt(from + 1) | 32) === 116;
  return first === 97 && LATIN_AT.test(text.slice(from, end[at]!));
}

function scanNumber(scan: Scan, at: number): void {
  const { tokens, out } = scan;
  const { text, start, end } = tokens;
  const length = end[at]! - start[at]!;
  const next = text.charCodeAt(end[at]!);
  if (length <= 3) keep(out, ageAt(tokens, at));
  if (length === 4) {
    keep(out, yearAt(tokens, at));
    if (next === 32) keep(out, plateAt(tokens, at));
  }
  if (length <= 4) keep(out, writtenDateAt(tokens, at) ?? birthMonthAt(tokens, at));
  if (next === 58 || next === 45 || next === 46) keep(out, machineAt(tokens, at));
  if (length <= 3) {
    keep(out, locationAt(tokens, at));
    if (next > 0x3000 || next === 32) keep(out, plateAt(tokens, at));
  }
  if (at > scan.inRunUntil) scan.inRunUntil = scanNumbers(tokens, at, scan.region, out);
  if (isAt(tokens, at + 1)) keep(out, spelledEmailAt(tokens, at));
}

function scanLettered({ tokens, out }: Scan, at: number): void {
  const { text, end } = tokens;
  keep(out, issuedSecretAt(tokens, at));
  keep(out, uuidAt(tokens, at));
  scanMixed(tokens, at, out);
  // `1er mai 1970`, `3rd of May`.
  if (end[at]! - tokens.start[at]! <= 4) keep(out, writtenDateAt(tokens, at));
  keep(out, plateAt(tokens, at));
  const next = text.charCodeAt(end[at]!);
  if (next === 58 || next === 45 || next === 46) keep(out, machineAt(tokens, at));
  if (next === 46) keep(out, domainAt(tokens, at));
  if (next === 32) keep(out, zipAt(tokens, at, neighborhood(tokens, at, at)));
  if (isAt(tokens, at + 1) || isBracket(text, end[at]!)) keep(out, spelledEmailAt(tokens, at));
}

function scanSign({ tokens, out }: Scan, at: number): void {
  const code = tokens.text.charCodeAt(tokens.start[at]!);
  if (code === 64) keep(out, emailAt(tokens, at));
  else if (code === 45) keep(out, pemAt(tokens, at));
  else if (code === 58) keep(out, shortIpv6At(tokens, at));
}

const CJK_SECRET = /(?:密码|密碼|口令|密钥|密鑰|パスワード|비밀번호|암호)(?:是|为|為|は|는|은)?$/;
/** What the pattern above may end with. */
const LAST_OF_SECRET = new Set([...'码碼令钥鑰ド호是为為は는은'].map((sign) => sign.charCodeAt(0)));
const YEAR = 0x5e74;

function scanIdeographs({ tokens, out }: Scan, at: number): void {
  const { text, start, end, kind } = tokens;
  const from = start[at]!;
  const to = end[at]!;
  if (
    LAST_OF_SECRET.has(text.charCodeAt(to - 1)) &&
    CJK_SECRET.test(text.slice(Math.max(from, to - 8), to))
  ) {
    const word = text.slice(to - 1, to);
    keep(out, assignedFrom(text, /[是为為は는은]/.test(word) ? to - 1 : to));
  }
  if (kind[at] !== KIND.han) return;
  if (holdsYear(text, from, to)) out.push(...numeralDates(tokens, at));
  const next = text.charCodeAt(to);
  if ((next >= 65 && next <= 90) || (next >= 48 && next <= 57) || next === 32)
    keep(out, hanPlateAt(text, from, to));
}

function holdsYear(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === YEAR) return true;
  return false;
}
