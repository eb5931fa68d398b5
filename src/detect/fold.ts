/** Writes variants of signs as one sign each, so that offsets stay what they were. */

const ASCII_ONLY = /^[\0-\x7f]*$/;
/** Blocks of decimal digits in the basic plane, by their zero. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0xed0, 0xff10];
const FOLDED = table();

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

/** Full-width forms, digits of other scripts, dashes, spaces and apostrophes as ASCII; equal length. */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text;
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128 || FOLDED[code] === code) continue;
    parts.push(text.slice(from, at), String.fromCharCode(FOLDED[code]!));
    from = at + 1;
  }
  if (from === 0) return spelledDigits(text);
  parts.push(text.slice(from));
  return spelledDigits(parts.join(''));
}

const SPELLED =
  /[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两0-9](?:[ -]?[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两0-9]){6,}/g;
/** Quick to look for, and in no number that is written in digits. */
const NUMERALS = /[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两]{2}/;
const VALUES: Readonly<Record<string, string>> = {
  ...{ 〇: '0', 零: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' },
  ...{ 壹: '1', 贰: '2', 叁: '3', 肆: '4', 伍: '5', 陆: '6', 柒: '7', 捌: '8', 玖: '9', 幺: '1', 两: '2' },
};

/** Seven Chinese numerals in a row are a number that someone spelled out. */
function spelledDigits(text: string): string {
  if (!NUMERALS.test(text)) return text;
  return text.replace(SPELLED, (run) => {
    let digits = '';
    for (const sign of run) digits += VALUES[sign] ?? sign;
    return digits;
  });
}
