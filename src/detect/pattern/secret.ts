/** Keys and passwords: by the prefix that their issuer gave them, or by the word before. */
import type { Candidate } from '../candidate.ts';
import type { Tokens } from '../tokenize.ts';

/** Prefixes as the issuers document them. */
const ISSUED =
  /(?:(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255}|glpat-[\w-]{20,64}|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,128}|sk-(?:proj-|ant-)?[\w-]{20,200}|xox[abposr]-[A-Za-z0-9-]{10,200}|AIza[\w-]{35}|ya29\.[\w-]{20,400}|npm_[A-Za-z0-9]{36}|SG\.[\w-]{16,64}\.[\w-]{16,64}|eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{0,2000}|shpat_[a-f0-9]{32}|whsec_[A-Za-z0-9+/=]{20,80}|dop_v1_[a-f0-9]{64}|LTAI[A-Za-z0-9]{12,30})(?![A-Za-z0-9])/y;
const PEM =
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\s]{0,8000}(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?/y;
const FIRST = new Set([...'AaghsprxynSeLdw'].map((sign) => sign.charCodeAt(0)));

/** A key that begins with its issuer's prefix at token `at`. */
export function issuedSecretAt(tokens: Tokens, at: number): Candidate | null {
  const start = tokens.start[at]!;
  if (!FIRST.has(tokens.text.charCodeAt(start)) || (start > 0 && /\w/.test(tokens.text[start - 1]!)))
    return null;
  ISSUED.lastIndex = start;
  return ISSUED.test(tokens.text)
    ? { start, end: ISSUED.lastIndex, type: 'SECRET', score: 0.98, kind: 'ISSUED_KEY' }
    : null;
}

/** A private key in PEM armor whose first dash is token `at`. */
export function pemAt(tokens: Tokens, at: number): Candidate | null {
  const start = tokens.start[at]!;
  if (!tokens.text.startsWith('-----BEGIN ', start)) return null;
  PEM.lastIndex = start;
  return PEM.test(tokens.text)
    ? { start, end: PEM.lastIndex, type: 'SECRET', score: 0.99, kind: 'PRIVATE_KEY' }
    : null;
}

const ASSIGNED =
  /(?:\s{0,3}(?:[:=：＝]|=>|改成了?|改为了?|设成了?|设为了?|设置为|换成了?|is now|is|was|ist|lautet|est|es|是|为|為|は|은|는)\s{0,3})["'“「]?([^\s"'，。、,;；”」]{4,128})/y;
const PROSE =
  /^(?:wrong|not|incorrect|invalid|expired|reset|forgotten|required|empty|secure|too|my|the|a|falsch|nicht|abgelaufen|incorrecto|incorrect|oublié|pas|no|being|very|also|still|been|never|always|safe|weak|strong|different|working)\b/i;

/** What is given as a password, token or key after the word at `at`. */
export function assignedSecretAt(tokens: Tokens, at: number): Candidate | null {
  return assignedFrom(tokens.text, tokens.end[at]!);
}

/** The same after a CJK word that ends at `end`. */
export function assignedFrom(text: string, end: number): Candidate | null {
  ASSIGNED.lastIndex = end;
  const found = ASSIGNED.exec(text);
  if (found === null) return null;
  const value = found[1]!.replace(/[.!?)]$/, '');
  const start = end + found[0].length - found[1]!.length;
  if (value.length < 4 || PROSE.test(value)) return null;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9\u0080-\uffff]/].filter((kind) =>
    kind.test(value),
  ).length;
  const explicit = /[:=：＝]/.test(found[0]);
  const ascii = /^[\x21-\x7e]+$/.test(value);
  if (!ascii || kinds === 0 || (kinds === 1 && !(explicit && value.length >= 6))) return null;
  const score = kinds >= 3 ? 0.95 : kinds === 2 ? 0.85 : 0.55;
  return { start, end: start + value.length, type: 'SECRET', score, kind: 'PASSWORD' };
}

/** Parts of every prefix, word and armor that the patterns above and the card numbers need; more may have them. */
const TRACE =
  /pass|pwd|secret|token|bearer|authorization|key|kennwort|geheimnis|contraseña|clave|credential|密码|密碼|口令|密钥|密鑰|パスワード|비밀번호|암호|-----BEGIN|AKIA|ASIA|AROA|AIDA|gh[pousr]_|github_pat_|glpat-|[spr]k_|sk-|xox|ya29|AIza|npm_|SG\.|eyJ|shpat_|whsec_|dop_v1_|LTAI/i;
const FEWEST_CARD_DIGITS = 12;
const KELVIN = 0x212a;

/** False where neither a card number nor a secret can stand: ordinary texts need no second look for them. */
export function mayHoldSecret(folded: string): boolean {
  let digits = 0;
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    // The one sign beyond ASCII whose small letter is in a word above.
    else if (code === KELVIN) return true;
  }
  return digits >= FEWEST_CARD_DIGITS || TRACE.test(folded);
}
