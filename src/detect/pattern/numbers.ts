/** Everything that is written in digits and separators: cards, phones, national numbers, addresses of machines. */
import type { Candidate } from '../candidate.ts';
import { FLAG } from '../flags.ts';
import { type Neighborhood, neighborhood } from '../neighborhood.ts';
import type { Tokens } from '../tokenize.ts';
import { cardIssuer, cardScore } from './card.ts';
import { luhn } from './checksums.ts';
import { compactBirth, dateAt } from './date.ts';
import { documents } from './mixed.ts';
import { isChineseId, nationalNumbers, nationalScore } from './national-id.ts';
import { phoneScore } from './phone.ts';
import { type Run, runAt } from './run.ts';
import { zipAt } from './zip.ts';

const FEWEST_DIGITS = 7;
const MOST_DIGITS = 19;
/** What parts one number from the next one. */
const BREAK = /[,/]|\) ?\(|\s-\s|\.\s/;

/** Looks at the run of digits that begins at token `at`; returns its last token. */
export function scanNumbers(
  tokens: Tokens,
  at: number,
  region: string | undefined,
  out: Candidate[],
): number {
  const run = runAt(tokens, at);
  const around = neighborhood(tokens, run.firstToken, run.lastToken);
  documents(tokens, at, around, out);
  const birth = compactBirth(tokens.text, run.starts[0]!, run.ends[0]!, around.near);
  if (birth !== null) out.push(birth);
  const zip = zipAt(tokens, at, around);
  if (zip !== null) out.push(zip);
  for (let from = 0; from < run.groups.length; from += 1) {
    if (from + 2 < run.groups.length) {
      const date = dateAt(tokens, run, from, around);
      if (date !== null) out.push(date);
      const ip = ipAt(tokens, run, from);
      if (ip !== null) out.push(ip);
    }
    windows(tokens, run, from, around, region, out);
  }
  return run.lastToken;
}

function windows(
  tokens: Tokens,
  run: Run,
  from: number,
  around: Neighborhood,
  region: string | undefined,
  out: Candidate[],
): void {
  let digits = '';
  let written = '';
  let gaps = '';
  for (let to = from; to < run.groups.length; to += 1) {
    const group = run.groups[to]!;
    digits += group;
    written += to === from ? String(group.length) : `-${group.length}`;
    if (to > from) gaps += run.gaps[to - 1]!;
    if (digits.length > MOST_DIGITS) return;
    if (digits.length < FEWEST_DIGITS || group.length === 0) continue;
    const start = run.starts[from]!;
    const end = run.ends[to]!;
    const whole = from === 0 && to === run.groups.length - 1;
    card(digits, written, around, start, end, out);
    const apart = whole || setApart(run, from, to);
    national(tokens, digits, written, apart, around, start, end, out);
    device(digits, around, start, end, out);
    // A part of a longer run is a phone number only if a comma, a slash or two signs set it apart.
    if (apart) phone(tokens, run, from, to, digits, written, gaps, around, region, out);
  }
}

function setApart(run: Run, from: number, to: number): boolean {
  return isBreak(run.gaps[from - 1]) && isBreak(run.gaps[to]);
}

function isBreak(gap: string | undefined): boolean {
  if (gap === undefined) return true;
  if (gap.length === 1) return gap === ',' || gap === '/';
  return BREAK.test(gap);
}

function card(
  digits: string,
  written: string,
  around: Neighborhood,
  start: number,
  end: number,
  out: Candidate[],
): void {
  const issuer = cardIssuer(digits);
  if (issuer === null) return;
  const score = cardScore(digits, written.split('-').map(Number), around);
  out.push({ start, end, type: 'PAYMENT_CARD', score, kind: issuer });
}

function national(
  tokens: Tokens,
  digits: string,
  written: string,
  apart: boolean,
  around: Neighborhood,
  start: number,
  end: number,
  out: Candidate[],
): void {
  for (const found of nationalNumbers(digits)) {
    if (!apart && found.written?.includes(written) !== true) continue;
    const score = nationalScore(found, written, around.near, around.all);
    out.push({ start, end, type: 'NATIONAL_ID', score, kind: found.kind });
  }
  const next = tokens.text[end];
  if (digits.length === 17 && (next === 'X' || next === 'x') && isChineseId(`${digits}X`))
    out.push({ start, end: end + 1, type: 'NATIONAL_ID', score: 0.98, kind: 'CN_RESIDENT_ID' });
}

function device(digits: string, around: Neighborhood, start: number, end: number, out: Candidate[]): void {
  if ((around.near & FLAG.device) === 0) return;
  if (digits.length === 15)
    out.push({ start, end, type: 'DEVICE_ID', score: luhn(digits) ? 0.97 : 0.8, kind: 'IMEI' });
}

function phone(
  tokens: Tokens,
  run: Run,
  from: number,
  to: number,
  digits: string,
  written: string,
  gaps: string,
  around: Neighborhood,
  region: string | undefined,
  out: Candidate[],
): void {
  const { text } = tokens;
  let start = run.starts[from]!;
  const parenthesis = text[start - 1] === '(' && (gaps.includes(')') || text[run.ends[to]!] === ')');
  if (parenthesis && gaps.includes(')')) start -= 1;
  const plus = text[start - 1] === '+' || (text[start - 1] === '(' && text[start - 2] === '+');
  if (plus) start -= text[start - 1] === '+' ? 1 : 2;
  const named =
    text.charCodeAt(run.ends[to]!) === 32 && AFTER.test(text.slice(run.ends[to]!, run.ends[to]! + 10))
      ? { ...around, after: FLAG.phone }
      : around;
  const score = phoneScore({ digits, written, gaps, plus, parenthesis }, named, region);
  if (score < 0.2) return;
  out.push({ start, end: extensionEnd(tokens, run.ends[to]!), type: 'PHONE', score });
}

/** `… office`, `… (home)`: whose telephone it is, behind the number. */
const AFTER = /^ \(?(?:office|home|work|cell)\b/i;
const EXTENSION = /\s{0,2}(?:ext\.?|x|extension|#|转|內線|内線|내선|Durchwahl|poste)\s{0,2}\d{1,6}(?!\d)/iy;

function extensionEnd(tokens: Tokens, end: number): number {
  EXTENSION.lastIndex = end;
  return EXTENSION.test(tokens.text) ? EXTENSION.lastIndex : end;
}

function ipAt(tokens: Tokens, run: Run, from: number): Candidate | null {
  if (run.gaps[from] !== '.' || run.gaps[from + 1] !== '.' || run.gaps[from + 2] !== '.') return null;
  if (run.gaps[from - 1] === '.' || run.gaps[from + 3] === '.') return null;
  for (let at = from; at < from + 4; at += 1) {
    const group = run.groups[at]!;
    if (group.length > 3 || Number(group) > 255 || (group.length > 1 && group[0] === '0')) return null;
  }
  const before = tokens.text.slice(Math.max(0, run.starts[from]! - 10), run.starts[from]!);
  const score = /(?:version|v|build)[ .]?$/i.test(before) ? 0.3 : 0.97;
  return { start: run.starts[from]!, end: run.ends[from + 3]!, type: 'IP', score, kind: 'IPV4' };
}
