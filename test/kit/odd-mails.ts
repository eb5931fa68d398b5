/** Mails as nobody should write them. */
import fc from 'fast-check';

const nested = (depth: number): string => {
  let body = 'Content-Type: text/plain\r\n\r\nin the middle';
  for (let at = 0; at < depth; at += 1)
    body = `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n${body}\r\n--b${at}--`;
  return `From: deep@odd.example\r\n${body}\r\n`;
};
const forwarded = (depth: number): string =>
  `From: mails@odd.example\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(depth)}Subject: inner\r\n\r\nx\r\n`;
const parts = (many: number): string =>
  `From: wide@odd.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(many)}--b--\r\n`;
const files = (many: number): string =>
  `From: files@odd.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n'.repeat(many)}--b--\r\n`;
const html = (body: string): string => `From: html@odd.example\r\nContent-Type: text/html\r\n\r\n${body}\r\n`;
const ODD = 'odd.example';

/** Made by hand, each for a reason that a parser could stumble over. */
export const HANDMADE: readonly (string | Buffer)[] = [
  'no headers at all, just words\r\n',
  '\r\n\r\nonly a body\r\n',
  'From: \r\nSubject: nobody sent it\r\n\r\nx\r\n',
  `From: not an address\r\n\r\nx\r\n`,
  `From: a@${ODD}, b@${ODD}\r\nSubject: two senders\r\n\r\nx\r\n`,
  `From: a@${ODD}\r\nFrom: b@${ODD}\r\nSubject: two headers\r\n\r\nx\r\n`,
  Buffer.concat([
    Buffer.from(`From: junk@${ODD}\r\n\r\n`),
    Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 31) % 256 || 1)),
  ]),
  Buffer.from(`From: \xff\xfe\xfd@${ODD}\r\nSubject: \xe9\xe8\x80\r\n\r\n\xff\xff\r\n`, 'latin1'),
  `From: "${'n'.repeat(10_000)}" <long@${ODD}>\r\nSubject: ${'s'.repeat(100_000)}\r\n\r\nx\r\n`,
  `From: ${'l'.repeat(10_000)}@${ODD}\r\n\r\nx\r\n`,
  `From: rtl@${ODD}\r\nSubject: =?utf-8?B?${Buffer.from('\u202egnp.exe \u2066\u2069').toString('base64')}?=\r\n\r\n\u202eabc\r\n`,
  `From: name@${ODD}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename="${'../'.repeat(50)}${'f'.repeat(10_000)}\u202egpj.exe"\r\n\r\nMZ\r\n--b--\r\n`,
  nested(9),
  nested(11),
  nested(2_000),
  forwarded(5),
  forwarded(5_000),
  parts(49),
  parts(51),
  parts(20_000),
  files(21),
  html('<div>'.repeat(50_000)),
  html(`<table>${'<tr><td>'.repeat(20_000)}`),
  html('<!--'.repeat(100_000)),
  html(`<a href="${'x'.repeat(500_000)}">x</a>`),
  html('&'.repeat(500_000)),
  `From: nothing@${ODD}\r\nContent-Type: multipart/mixed\r\n\r\nno boundary\r\n`,
  `From: open@${ODD}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nnever closed`,
  `From: same@${ODD}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--b--\r\n`,
  `From: charset@${ODD}\r\nContent-Type: text/plain; charset=x-unknown-9\r\n\r\nhello\r\n`,
  `From: coded@${ODD}\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!! not base64 ====\r\n`,
  `From: quoted@${ODD}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=3=\r\n=\r\n`,
  `From: words@${ODD}\r\nSubject: ${'=?utf-8?Q?=20?= '.repeat(2_000)}\r\n\r\nx\r\n`,
  `From: refs@${ODD}\r\nReferences: ${'<a@b> '.repeat(20_000)}\r\n\r\nx\r\n`,
  `From: ids@${ODD}\r\nMessage-ID: ${'<'.repeat(50_000)}\r\nIn-Reply-To: >><<\r\n\r\nx\r\n`,
  `From: date@${ODD}\r\nDate: the day after\r\n\r\nx\r\n`,
  `From: folded@${ODD}\r\n${'X-A:\r\n '.repeat(2_000)}\r\n\r\nx\r\n`,
  `From: heads@${ODD}\r\n${'X-A: b\r\n'.repeat(50_000)}\r\nx\r\n`,
  `From: empty@${ODD}\r\n\r\n`,
  `From: proto@${ODD}\r\n__proto__: x\r\nconstructor: y\r\nContent-Type: text/plain; __proto__=1\r\n\r\nx\r\n`,
  `From: lone@${ODD}\r\nSubject: =?utf-16be?B?2AA=?=\r\n\r\nx\r\n`,
  `From: number@${ODD}\r\nSubject: [#999999999] [#0] [#-1]\r\n\r\nx\r\n`,
];

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'multipart/mixed; boundary=b',
    'text/html; charset=utf-16',
    'message/rfc822',
    'base64',
    '<a@b>',
    '=?utf-8?B?/?=',
  ),
);
const name = fc.constantFrom(
  ...['Subject', 'From', 'Content-Type', 'Content-Transfer-Encoding', 'Content-Disposition', 'References'],
  ...['Message-ID', 'MIME-Version', 'X-\u00e9', ''],
);
const odd = fc
  .record({
    headers: fc.array(fc.tuple(name, value), { maxLength: 8 }),
    body: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom('--b\r\n\r\n--b--', '--b', '\r\n.\r\n'),
    ),
    sender: fc.boolean(),
  })
  .map(({ headers, body, sender }) => {
    const lines = headers.map(([key, each]) => `${key}: ${each}`);
    const from = sender ? [`From: made@${ODD}`] : [];
    // IMAP carries no zero byte in a mail.
    return Buffer.from(`${[...from, ...lines].join('\r\n')}\r\n\r\n${body}`.replaceAll('\0', ' ') || ' ');
  });

/** The same for the same seed. */
export function madeUp(many: number): Buffer[] {
  return fc.sample(odd, { numRuns: many, seed: 20_261_126 });
}
