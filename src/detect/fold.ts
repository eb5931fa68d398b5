/** Writes variants of signs as one sign each, so that offsets stay what they were. */

const NOT_ASCII = /[^\0-\x7f]/;
/** Blocks of decimal digits in the basic plane, by their zero. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0xed0, 0xff10];
const NUMERALS = '〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两';
const FOLDED = table();
/** What to do with each unit. */
const PLAIN = 0;
const VARIANT = 1;
const NUMERAL = 2;
const KIND = kinds();

function table(): Uint16Array {
  const codes = new Uint16Array(65_536);
  for (let code = 0; code < 65_536; code += 1) codes[code] = code;
  for (let code = 0xff01; code <= 0xff5e; code += 1) codes[code] = code - 0xfee0;
  for (const zero of ZEROS) for (let digit = 0; digit < 10; digit += 1) codes[zero + digit] = 48 + digit;
  for (const dash of [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xfe63, 0x2043]) codes[dash] = 45;
  for (const space of [0xa0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202f, 0x3000]) codes[space] = 32;
  for (const quote of [0x2019, 0x2018, 0x2bc]) codes[quote] = 39;
  return codes;
}

function kinds(): Uint8Array {
  const bytes = new Uint8Array(65_536);
  for (let code = 0; code < 65_536; code += 1) if (FOLDED[code] !== code) bytes[code] = VARIANT;
  for (const sign of NUMERALS) bytes[sign.charCodeAt(0)] = NUMERAL;
  return bytes;
}

/** Full-width forms, digits of other scripts, dashes, spaces and apostrophes as ASCII; equal length. */
export function fold(text: string): string {
  const first = text.search(NOT_ASCII);
  if (first < 0) return text;
  let bytes: Buffer | null = null;
  let row = 0;
  let spelled = false;
  for (let at = first; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = KIND[code]!;
    if (kind === PLAIN) row = 0;
    else if (kind === NUMERAL) {
      row += 1;
      if (row === 2) spelled = true;
    } else {
      row = 0;
      bytes ??= Buffer.from(text, 'utf16le');
      // All of them become ASCII: the higher byte is 0.
      bytes[at * 2] = FOLDED[code]!;
      bytes[at * 2 + 1] = 0;
    }
  }
  const folded = bytes === null ? text : bytes.toString('utf16le');
  return spelled ? spelledDigits(folded) : folded;
}

const FEWEST_SPELLED = 7;

/** Seven Chinese numerals in a row are a number that someone spelled out; digits, spaces and dashes may stand between. */
function spelledDigits(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    if (!isNumeral(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const from = at;
    let signs = 0;
    let words = 0;
    while (isNumeral(text.charCodeAt(at))) {
      signs += 1;
      if (KIND[text.charCodeAt(at)] === NUMERAL) words += 1;
      at += 1;
      const parted = text.charCodeAt(at) === 32 || text.charCodeAt(at) === 45;
      if (parted && isNumeral(text.charCodeAt(at + 1))) at += 1;
    }
    if (signs < FEWEST_SPELLED || words === 0) continue;
    parts.push(text.slice(copied, from), inDigits(text.slice(from, at)));
    copied = at;
  }
  return copied === 0 ? text : parts.join('') + text.slice(copied);
}

function isNumeral(code: number): boolean {
  return (code >= 48 && code <= 57) || KIND[code] === NUMERAL;
}

function inDigits(run: string): string {
  let digits = '';
  for (const sign of run) digits += VALUES[sign] ?? sign;
  return digits;
}

const VALUES: Readonly<Record<string, string>> = {
  ...{ 〇: '0', 零: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' },
  ...{ 壹: '1', 贰: '2', 叁: '3', 肆: '4', 伍: '5', 陆: '6', 柒: '7', 捌: '8', 玖: '9', 幺: '1', 两: '2' },
};
