/** Texts for the benches of `detect`: what shops get, made from a seed, with what is to be found in each. */

export interface LabelledText {
  readonly text: string;
  /** Values of pattern types, with the type by our name. */
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string }[];
}

const TEMPLATES = [
  'Hello, my name is {PERSON}. Please call me back at {PHONE} before noon, thanks.',
  'I ordered two lamps last week and only one of them has arrived. Order number {ORDER}.',
  'Could you send the invoice to {EMAIL} instead? The old address no longer works.',
  'My card {PAYMENT_CARD} was charged twice for the same order, please refund one of them.',
  'The parcel was left at {ADDRESS} although I asked for delivery at the office.',
  'Transfer the refund to {IBAN}, account holder {PERSON}.',
  'Great product, fits well and looks even better than in the pictures. Would buy again!',
  'Our server at {IP} could not reach the shop this morning, is there an outage?',
  'The size chart on the page is wrong: medium is much smaller than the chart says.',
  'Guten Tag, ich heiße {PERSON} und warte seit zwei Wochen auf meine Bestellung {ORDER}.',
  'Bonjour, je suis {PERSON} et je voudrais modifier mon adresse: {EMAIL}.',
  '您好，我的订单{ORDER}还没有收到，请联系我，手机{CN_PHONE}，谢谢。',
];
const GIVEN = 'Anna Peter Laura Thomas Marie Lucas Sofia David Emma Daniel Julia Martin'.split(' ');
const FAMILY = 'Weber Schmidt Dubois Moreau García Torres Smith Johnson Rossi Novak Larsen Silva'.split(' ');
const CARDS = [
  '4111 1111 1111 1111',
  '5555555555554444',
  '378282246310005',
  '6011111111111117',
  '4012888888881881',
];
const IBANS = ['DE89370400440532013000', 'GB29 NWBK 6016 1331 9268 19', 'FR1420041010050500013M02606'];
const STREETS = [
  '12 Main Street, Springfield, IL 62704',
  '48 Oak Avenue, Portland, OR 97201',
  '7 Mill Lane, Dover, DE 19901',
];

/** A linear congruential generator: the same texts in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** `count` texts of some 80 units each. */
export function labelledTexts(count: number, seed = 7): LabelledText[] {
  const roll = dice(seed);
  const digits = (length: number) => Array.from({ length }, () => roll(10)).join('');
  const pick = (list: readonly string[]) => list[roll(list.length)]!;
  const values: Readonly<Record<string, () => string>> = {
    PERSON: () => `${pick(GIVEN)} ${pick(FAMILY)}`,
    PHONE: () => `+1 212 555 01${digits(2)}`,
    CN_PHONE: () => `139${digits(8)}`,
    EMAIL: () => `${pick(GIVEN).toLowerCase()}.${digits(3)}@example.com`,
    PAYMENT_CARD: () => pick(CARDS),
    IBAN: () => pick(IBANS),
    IP: () => `203.0.113.${roll(250) + 1}`,
    ADDRESS: () => pick(STREETS),
    ORDER: () => `3${digits(9)}`,
  };
  return Array.from({ length: count }, () => {
    const spans: { start: number; end: number; type: string }[] = [];
    let text = '';
    for (const part of pick(TEMPLATES).split(/(\{[A-Z_]+\})/)) {
      const name = part.startsWith('{') ? part.slice(1, -1) : null;
      const value = name === null ? part : values[name]!();
      const type = name === 'CN_PHONE' ? 'PHONE' : name;
      if (type !== null && type !== 'ORDER')
        spans.push({ start: text.length, end: text.length + value.length, type });
      text += value;
    }
    return { text, spans };
  });
}

/** Text of one line with `units` UTF-16 units. */
export function oneLine(units: number): string {
  const piece = labelledTexts(400)
    .map(({ text }) => text)
    .join(' ');
  return `${piece} `
    .repeat(Math.ceil(units / (piece.length + 1)))
    .slice(0, units)
    .toWellFormed();
}

/** Pieces that make slow matchers slow when repeated: 200 of them. */
export function hostilePieces(): string[] {
  const signs = [
    '1',
    '1 ',
    '1-',
    '1,',
    '1/',
    'a@',
    '@',
    'a.',
    'A.',
    '(',
    '-',
    ':',
    'ab:',
    '+1',
    'Anna ',
    'Main Street ',
  ];
  const more = [
    '12 Main ',
    'DE89 ',
    'eyJa.',
    'password ',
    'http://',
    'a at b dot ',
    '张',
    '路1号',
    '北京市',
    '東京都',
    '김민수 ',
    'de ',
    'nurse, ',
    '\n',
    ' ',
    '=',
    '0x',
    'ff',
    "O'",
  ];
  const all = [...signs, ...more];
  const pieces = [...all];
  for (let at = 0; pieces.length < 200; at += 1)
    pieces.push(`${all[at % all.length]}${all[(at * 7 + 3) % all.length]}`);
  return pieces;
}
