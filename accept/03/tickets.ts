/** Tickets as customers write them: with a name, a phone number and a full card number, in several forms and languages. */
import { randomInt } from 'node:crypto';

export interface Ticket {
  readonly number: string;
  readonly order: string;
  readonly body: string;
  readonly name: string;
  readonly phone: string;
  /** As written. */
  readonly card: string;
  /** Parts of the text that are nobody's data, and must be readable masked. */
  readonly readable: string;
}

interface Form {
  readonly names: readonly string[];
  readonly phone: () => string;
  readonly card: (digits: string) => string;
  readonly body: (name: string, phone: string, card: string) => string;
  readonly readable: string;
}

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
const inFours = (card: string, sign: string) => card.match(/\d{4}/g)!.join(sign);
const fullWidth = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));

const FORMS: readonly Form[] = [
  {
    names: ['Margaret Hathaway', 'Jonathan Whitfield', 'Elizabeth Pemberton'],
    phone: () => `+44 7700 9${digits(5)}`,
    card: (card) => inFours(card, ' '),
    body: (name, phone, card) =>
      `Hello, my name is ${name}. Please call me at ${phone}. I paid with ${card} and the mug arrived broken.`,
    readable: 'the mug arrived broken',
  },
  {
    names: ['Katharina Schneider', 'Friedrich Hoffmann', 'Annegret Zimmermann'],
    phone: () => `+49 151 ${digits(8)}`,
    card: (card) => inFours(card, '-'),
    body: (name, phone, card) =>
      `Guten Tag, ich heiße ${name}, Telefon ${phone}. Bezahlt habe ich mit der Karte ${card}. Die Tasse ist zerbrochen.`,
    readable: 'Die Tasse ist zerbrochen',
  },
  {
    names: ['王建国', '李秀英', '欧阳志远'],
    phone: () => `138${digits(8)}`,
    card: fullWidth,
    body: (name, phone, card) =>
      `您好，我叫${name}，手机号${phone}。我的银行卡号是${card}，杯子到货时已经碎了。`,
    readable: '杯子到货时已经碎了',
  },
];

/** A number that passes Luhn. */
function cardNumber(): string {
  const first = `4${digits(14)}`;
  const sum = [...first].reduce((all, digit, at) => {
    const twice = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return all + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return `${first}${(10 - (sum % 10)) % 10}`;
}

export function makeTickets(count: number): Ticket[] {
  return Array.from({ length: count }, (_, at) => {
    const form = FORMS[at % FORMS.length]!;
    const name = form.names[Math.floor(at / FORMS.length) % form.names.length]!;
    const phone = form.phone();
    const card = form.card(cardNumber());
    const body = form.body(name, phone, card);
    return { number: `ticket-${at}`, order: `order-${at}`, body, name, phone, card, readable: form.readable };
  });
}

/** A card number in the forms in which somebody might keep it. */
export function formsOf({ card }: Ticket): string[] {
  const plain = card.normalize('NFKC').replace(/\D/g, '');
  return [plain, inFours(plain, ' '), inFours(plain, '-'), fullWidth(plain)];
}
