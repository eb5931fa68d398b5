/** What each UTF-16 unit is, by tables: one look instead of a pattern. */

/** What is none of these is 0. */
export const SPACE = 1;
export const LINE = 2;
export const DIGIT = 3;
export const LOWER = 4;
export const UPPER = 5;
export const HAN = 6;
export const KANA = 7;
export const HANGUL = 8;

/** The class of each unit. */
export const CLASS = classes();
/** Each unit as a small letter. */
export const SMALL = smallLetters();

function classes(): Uint8Array {
  const table = new Uint8Array(65_536);
  for (let code = 0; code < 0x3000; code += 1) {
    const sign = String.fromCharCode(code);
    if (/\p{L}|\p{M}/u.test(sign)) table[code] = /\p{Lu}|\p{Lt}/u.test(sign) ? UPPER : LOWER;
  }
  const fill = (from: number, to: number, value: number) => table.fill(value, from, to + 1);
  fill(0x3041, 0x30ff, KANA);
  fill(0x31f0, 0x31ff, KANA);
  fill(0x3400, 0x4dbf, HAN);
  fill(0x4e00, 0x9fff, HAN);
  fill(0xf900, 0xfaff, HAN);
  fill(0xac00, 0xd7a3, HANGUL);
  fill(48, 57, DIGIT);
  table[0x3005] = HAN;
  table[0x3007] = HAN;
  table[0x3006] = HAN;
  table[32] = SPACE;
  table[9] = SPACE;
  table[13] = SPACE;
  table[10] = LINE;
  table[0x200b] = SPACE;
  table[0xfeff] = SPACE;
  return table;
}

function smallLetters(): Uint16Array {
  const table = new Uint16Array(65_536);
  for (let code = 0; code < 65_536; code += 1) {
    table[code] = code;
    if (CLASS[code] !== UPPER) continue;
    const small = String.fromCharCode(code).toLowerCase();
    if (small.length === 1) table[code] = small.charCodeAt(0);
  }
  return table;
}
