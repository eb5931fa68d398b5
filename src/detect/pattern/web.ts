/** E-mail addresses, web addresses and addresses of machines. */
import type { Candidate } from '../candidate.ts';
import { KIND, type Tokens } from '../tokenize.ts';

const MOST_LOCAL = 64;
const LOCAL = /[\p{L}\p{M}\p{N}._%+'=-]/u;
const LOCAL_ASCII = Uint8Array.from({ length: 128 }, (_, code) =>
  LOCAL.test(String.fromCharCode(code)) ? 1 : 0,
);
/** No address begins with one of them. */
const ODD_FIRST = ".'=%-";
const DOT_SIGN = 46;
const EQUALS = 61;
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
const DOMAIN =
  /(?:[a-z0-9\u00c0-\u024f](?:[a-z0-9\u00c0-\u024f-]{0,61}[a-z0-9\u00c0-\u024f])?\.){1,8}(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24})(?![a-z0-9])/iy;

/** The e-mail address around the sign `@` at token `at`. */
export function emailAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  const sign = tokens.start[at]!;
  let start = localStart(text, sign, sign - MOST_LOCAL);
  while (start < sign && ODD_FIRST.includes(text[start]!)) start += 1;
  if (start === sign) return spacedEmailAt(text, sign);
  // `email=anna@example.com`: what stands before an equals sign is the name of a field.
  const field = lastEquals(text, start, sign);
  if (field > start && /^[a-z_-]{2,12}$/i.test(text.slice(start, field))) start = field + 1;
  if (start === sign || text.charCodeAt(sign - 1) === DOT_SIGN) return null;
  DOMAIN.lastIndex = sign + 1;
  if (!DOMAIN.test(text)) return null;
  return { start, end: DOMAIN.lastIndex, type: 'EMAIL', score: 0.99 };
}

const SPACED_LOCAL = /[a-z0-9][a-z0-9._+-]{0,63} $/i;

/** `anna.schmidt @ web.de`: with spaces on both sides, the end of the domain must be a known one. */
function spacedEmailAt(text: string, sign: number): Candidate | null {
  if (text[sign - 1] !== ' ' || text[sign + 1] !== ' ') return null;
  const local = SPACED_LOCAL.exec(text.slice(Math.max(0, sign - MOST_LOCAL - 1), sign));
  DOMAIN.lastIndex = sign + 2;
  if (local === null || !DOMAIN.test(text)) return null;
  const end = DOMAIN.lastIndex;
  if (!TOP.test(text.slice(text.lastIndexOf('.', end) + 1, end))) return null;
  return { start: sign - local[0].length, end, type: 'EMAIL', score: 0.9 };
}

/** The last equals sign from `start` to `end`, or -1; nothing before is looked at. */
function lastEquals(text: string, start: number, end: number): number {
  for (let at = end - 1; at > start; at -= 1) if (text.charCodeAt(at) === EQUALS) return at;
  return -1;
}

/** Where what may stand before the `@` at `end` begins, not before `floor`. */
function localStart(text: string, end: number, floor: number): number {
  let start = end;
  while (start > 0 && start > floor && isLocal(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function isLocal(code: number): boolean {
  if (code < 128) return LOCAL_ASCII[code] === 1;
  const sign = String.fromCharCode(code);
  return !CJK.test(sign) && LOCAL.test(sign);
}

/** `a-z0-9._+-` */
function isPlainLocal(code: number): boolean {
  return code < 128 && LOCAL_ASCII[code] === 1 && code !== 37 && code !== 39 && code !== EQUALS;
}

const AT = / ?[([{<]? ?(?:at|AT|At|ät|arroba|arobase|＠|艾特|골뱅이|앳|アットマーク|アット) ?[)\]}>]? ?/y;
const AT_BRACKETED = / ?[([{<] ?(?:at|ät|arroba|arobase|@) ?[)\]}>] ?/iy;
const LABEL = /[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?/iy;
const DOT =
  / ?(?:[([{<] ?(?:dot|punkt|point|punto|\.) ?[)\]}>]|(?:dot|punkt|point|punto|点|點|닷|점|ドット) ?) ?|\./iy;

/** `name at example dot com`, `name [at] example.com`: written so that machines do not read it. */
export function spelledEmailAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  const first = tokens.start[at]!;
  let end = tokens.end[at]!;
  const start = localStart(text, first, end - MOST_LOCAL);
  while (end < text.length && end - start < MOST_LOCAL && isPlainLocal(text.charCodeAt(end))) end += 1;
  const bracketed = sticky(AT_BRACKETED, text, end);
  const after = bracketed ?? sticky(AT, text, end);
  if (after === null) return null;
  const found = spelledDomain(text, start, after, bracketed !== null);
  return found === null ? null : { ...found, start: spelledStart(text, start) };
}

const JOIN =
  'dot|punkt|point|punto|minus|dash|hyphen|bindestrich|tiret|guion|guión|underscore|unterstrich|tiret du bas|guion bajo|guión bajo|plus';
const SPELLED_LOCAL = new RegExp(
  `[\\p{L}\\p{N}_+-]{1,32} ?(?:[([{<] ?(?:${JOIN}) ?[)\\]}>]|(?<= )(?:${JOIN})(?= )|[点點]|ドット|[점닷]) ?$`,
  'iu',
);

/** `jane dot doe` before the `at`: up to four parts. */
function spelledStart(text: string, from: number): number {
  let start = from;
  for (let part = 0; part < 4; part += 1) {
    const before = SPELLED_LOCAL.exec(text.slice(Math.max(0, start - 48), start));
    if (before === null) break;
    start -= before[0].length;
  }
  return start;
}

function spelledDomain(text: string, start: number, from: number, bracketed: boolean): Candidate | null {
  let at = sticky(LABEL, text, from);
  let dots = 0;
  let spelled = bracketed;
  let end = at;
  while (at !== null && dots < 4) {
    const after: number | null = sticky(DOT, text, at);
    if (after === null) break;
    if (after - at > 1) spelled = true;
    const label: number | null = sticky(LABEL, text, after);
    if (label === null) break;
    dots += 1;
    end = label;
    at = label;
  }
  if (end === null || dots === 0 || !spelled) return null;
  const last = /[a-z]{2,24}$/i.exec(text.slice(Math.max(from, end - 24), end));
  return last === null ? null : { start, end, type: 'EMAIL', score: bracketed ? 0.95 : 0.85 };
}

function sticky(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

const ADDRESS =
  /(?:https?|ftp|wss?):\/\/[^\s<>"'`{}|\\^\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]{3,2048}/iy;
const WWW = /www\.[^\s<>"'`{}|\\^\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]{3,2048}/iy;

/** A web address that begins with its scheme or with `www.` at token `at`, to the end of its path. */
export function urlAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  const start = tokens.start[at]!;
  const first = text.charCodeAt(start) | 32;
  if (first !== 104 && first !== 119 && first !== 102) return null;
  const end = sticky(ADDRESS, text, start) ?? sticky(WWW, text, start);
  if (end === null) return null;
  let last = end;
  while (last > start && /[.,;:!?)\]*]/.test(text[last - 1]!)) last -= 1;
  return { start, end: last, type: 'URL_DOMAIN', score: 0.97 };
}

const TOP =
  /^(?:com|org|net|edu|gov|io|co|info|biz|dev|app|shop|store|online|site|xyz|eu|de|at|ch|fr|be|nl|lu|es|mx|ar|cl|it|pt|br|uk|ie|us|ca|au|nz|jp|kr|cn|tw|hk|sg|in|ru|pl|cz|sk|hu|ro|se|no|dk|fi|is|gr|tr|me|tv|ai|tech|cloud)$/;
const BARE =
  /(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,8}(?:\/[\w\-./?%&=#~]{0,256})?(?![a-z0-9@])/iy;

/** A bare domain at token `at`: its top-level domain must be a known one, in small letters. */
export function domainAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  if (text.charCodeAt(tokens.end[at]!) !== 46) return null;
  const start = tokens.start[at]!;
  const before = text[start - 1];
  if (before === '@' || before === '.' || before === '/' || before === '-' || before === '_') return null;
  BARE.lastIndex = start;
  const found = BARE.exec(text)?.[0];
  if (found === undefined) return null;
  const [host] = found.split('/', 1);
  const labels = host!.split('.');
  const top = labels[labels.length - 1]!;
  if (!TOP.test(top) || labels[0]!.length < 2) return null;
  const end = start + found.replace(/[.?/]+$/, (tail) => (tail.startsWith('/') ? '/' : '')).length;
  return {
    start,
    end,
    type: 'URL_DOMAIN',
    score: labels.length === 2 && top.length === 2 && labels[0]!.length < 4 ? 0.5 : 0.85,
  };
}

const MAC = /[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}(?![0-9a-f:-])/iy;
const MAC_DOTTED = /[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9a-f.])/iy;
const IPV6 = /(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?:%[a-z0-9]{1,16})?/iy;

/** A hardware address or an IPv6 address that begins at token `at`. */
export function machineAt(tokens: Tokens, at: number): Candidate | null {
  const { text } = tokens;
  const start = tokens.start[at]!;
  const end = tokens.end[at]!;
  const sign = text[end];
  if ((sign !== ':' && sign !== '-' && sign !== '.') || end - start > 4 || !isHex(text, start, end))
    return null;
  if (sign === '.' && end - start !== 4) return null;
  const before = text[start - 1];
  if (before === ':' || before === '-' || before === '.') return null;
  const mac =
    end - start === 2 ? sticky(MAC, text, start) : end - start === 4 ? sticky(MAC_DOTTED, text, start) : null;
  if (mac !== null) return { start, end: mac, type: 'MAC', score: 0.97 };
  return sign === ':' ? ipv6From(text, start) : null;
}

function isHex(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const small = code | 32;
    if ((code < 48 || code > 57) && (small < 97 || small > 102)) return false;
  }
  return true;
}

/** `::1` and other addresses that begin with two colons. */
export function shortIpv6At(tokens: Tokens, at: number): Candidate | null {
  const start = tokens.start[at]!;
  if (tokens.text[start + 1] !== ':' || tokens.kind[at - 1] === KIND.sign) return null;
  return /[\w:]/.test(tokens.text[start - 1] ?? ' ') ? null : ipv6From(tokens.text, start);
}

function ipv6From(text: string, start: number): Candidate | null {
  IPV6.lastIndex = start;
  const found = IPV6.exec(text)?.[0];
  if (found === undefined || found.length < 3) return null;
  const address = found.endsWith('::') ? found : found.replace(/:$/, '');
  if (!URL.canParse(`http://[${address}]`) || !/\d/.test(address)) return null;
  return { start, end: start + address.length, type: 'IP', score: 0.95, kind: 'IPV6' };
}
