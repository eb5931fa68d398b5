/**
 * Deadlines of requests, worked out by hand from the texts of the laws and a calendar: month ends, leap years, business
 * days, waiting, extensions, time zones. One a line: kind | where the customer lives | where the shop is | received, a day
 * or a moment with the zone of the shop | what else holds | due | why.
 */
export interface DeadlineCase {
  readonly kind: string;
  /** Null: not known. */
  readonly customer: string | null;
  readonly store: string | null;
  readonly received: string;
  readonly due: string;
  readonly why: string;
  readonly zone?: string;
  readonly extended?: boolean;
  /** Whole days for which the shop waited for the customer. */
  readonly waited?: number;
  readonly holidays?: readonly string[];
}

const TABLE = `
access | DE | DE | 2026-01-31 | - | 2026-02-28 | January has 31 days, February 28
access | DE | DE | 2028-01-31 | - | 2028-02-29 | February 2028 has 29
access | DE | DE | 2027-01-30 | - | 2027-02-28 | 30 February is not
access | DE | DE | 2028-01-30 | - | 2028-02-29 | 30 February is not in a leap year either
access | DE | DE | 2028-01-29 | - | 2028-02-29 | 29 February 2028 is
access | DE | DE | 2027-01-29 | - | 2027-02-28 | 29 February 2027 is not
access | DE | DE | 2026-03-31 | - | 2026-04-30 | April has 30
access | DE | DE | 2026-05-31 | - | 2026-06-30 | June has 30
access | DE | DE | 2026-08-31 | - | 2026-09-30 | September has 30
access | DE | DE | 2026-10-31 | - | 2026-11-30 | November has 30
access | DE | DE | 2026-12-31 | - | 2027-01-31 | into the next year, January has 31
access | DE | DE | 2026-02-28 | - | 2026-03-28 | the 28th stays the 28th
access | DE | DE | 2028-02-29 | - | 2028-03-29 | from the leap day
access | DE | DE | 2026-04-30 | - | 2026-05-30 | the 30th stays the 30th
access | DE | DE | 2026-06-15 | - | 2026-07-15 | the plain case
access | DE | DE | 2026-11-30 | - | 2026-12-30 | December has more, the day stays
access | DE | DE | 2026-07-01 | - | 2026-08-01 | the first of a month
portability | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
correction | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
erasure | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
restriction | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
objection | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
withdrawal | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
opt-out | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
limit-sensitive | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
human-review | FR | FR | 2026-09-30 | - | 2026-10-30 | one month for each right
erasure | AT | AT | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | ES | ES | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | IT | IT | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | PL | PL | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | SE | SE | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | IE | IE | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | GR | GR | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
erasure | NO | NO | 2026-01-31 | - | 2026-02-28 | a month in each member state and the EEA
access | DE | DE | 2026-01-31 | extended | 2026-04-30 | two months more, from the same day: three in all
access | DE | DE | 2026-11-30 | extended | 2027-02-28 | two months more, from the same day: three in all
access | DE | DE | 2027-11-30 | extended | 2028-02-29 | two months more, from the same day: three in all
access | DE | DE | 2027-12-31 | extended | 2028-03-31 | two months more, from the same day: three in all
access | DE | DE | 2026-05-31 | extended | 2026-08-31 | two months more, from the same day: three in all
access | DE | DE | 2028-11-30 | extended | 2029-02-28 | two months more, from the same day: three in all
access | DE | DE | 2026-03-15 | extended | 2026-06-15 | two months more, from the same day: three in all
access | DE | DE | 2026-06-15 | waited 9 | 2026-07-15 | GDPR is silent on waiting for the customer: it counts
access | DE | DE | 2026-06-15 | extended, waited 9 | 2026-09-15 | waiting is counted in an extension too
access | GB | GB | 2026-03-31 | - | 2026-04-30 | a month in the United Kingdom
access | GB | GB | 2026-03-31 | waited 1 | 2026-05-01 | a month, and the clock stands still for 1 days
access | GB | GB | 2026-03-31 | waited 10 | 2026-05-10 | a month, and the clock stands still for 10 days
access | GB | GB | 2027-01-31 | waited 28 | 2027-03-28 | a month, and the clock stands still for 28 days
access | GB | GB | 2028-01-31 | waited 1 | 2028-03-01 | a month, and the clock stands still for 1 days
access | GB | GB | 2026-12-31 | waited 5 | 2027-02-05 | a month, and the clock stands still for 5 days
erasure | GB | GB | 2026-03-31 | extended, waited 4 | 2026-07-04 | two months more, and four days of waiting
complaint | GB | GB | 2026-07-01 | - | 2026-07-31 | a complaint is answered in 30 days
access | GB | DE | 2026-03-31 | waited 10 | 2026-04-30 | a German shop with a British customer: the German month does not wait
access | CH | CH | 2026-01-31 | - | 2026-03-02 | 30 days are days, not a month
access | CH | CH | 2028-01-31 | - | 2028-03-01 | 30 days are days, not a month
access | CH | CH | 2026-02-28 | - | 2026-03-30 | 30 days are days, not a month
access | CH | CH | 2026-12-15 | - | 2027-01-14 | 30 days are days, not a month
access | CH | CH | 2026-01-31 | waited 7 | 2026-03-02 | waiting counts
access | US-CA | US | 2026-01-15 | - | 2026-03-01 | 45 days, weekends and holidays among them
access | US-CA | US | 2028-01-20 | - | 2028-03-05 | 45 days, weekends and holidays among them
access | US-CA | US | 2026-11-17 | - | 2027-01-01 | 45 days, weekends and holidays among them
access | US-CA | US | 2026-12-31 | - | 2027-02-14 | 45 days, weekends and holidays among them
access | US-CA | US | 2026-07-04 | - | 2026-08-18 | 45 days, weekends and holidays among them
erasure | US-CA | US | 2026-01-15 | extended | 2026-04-15 | 45 days more
erasure | US-CA | US | 2027-12-31 | extended | 2028-03-30 | 45 days more
erasure | US-CA | US | 2028-01-15 | extended | 2028-04-14 | 45 days more
access | US-CA | US | 2026-01-15 | waited 12 | 2026-03-01 | checking who it is does not stop the clock
opt-out | US-CA | US | 2026-06-01 | - | 2026-06-22 | an opt-out in 15 business days
opt-out | US-CA | US | 2026-06-05 | - | 2026-06-26 | an opt-out in 15 business days
opt-out | US-CA | US | 2026-06-06 | - | 2026-06-26 | an opt-out in 15 business days
opt-out | US-CA | US | 2026-06-07 | - | 2026-06-26 | an opt-out in 15 business days
opt-out | US-CA | US | 2026-12-24 | - | 2027-01-14 | an opt-out in 15 business days
opt-out | US-CA | US | 2028-02-28 | - | 2028-03-20 | an opt-out in 15 business days
limit-sensitive | US-CA | US | 2026-06-01 | - | 2026-06-22 | the limit of sensitive data in 15 business days
limit-sensitive | US-CA | US | 2026-06-06 | - | 2026-06-26 | the limit of sensitive data in 15 business days
opt-out | US-CA | US | 2026-06-01 | extended | 2026-06-22 | an opt-out is never extended
opt-out | US-CA | US | 2026-12-21 | holidays 2026-12-25 2027-01-01 | 2027-01-13 | a holiday is no business day
correction | US-CA | US | 2026-03-01 | - | 2026-04-15 | a correction in 45 days
access | US-VA | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-CO | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-CT | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-UT | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-TX | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-OR | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-MT | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-DE | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-NE | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-NH | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-NJ | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-TN | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-MN | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-MD | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-IN | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-KY | US | 2026-03-01 | - | 2026-04-15 | 45 days
access | US-RI | US | 2026-03-01 | - | 2026-04-15 | 45 days
erasure | US-VA | US | 2028-01-17 | extended | 2028-04-16 | 45 days more
erasure | US-CO | US | 2028-01-17 | extended | 2028-04-16 | 45 days more
erasure | US-TX | US | 2028-01-17 | extended | 2028-04-16 | 45 days more
erasure | US-NJ | US | 2028-01-17 | extended | 2028-04-16 | 45 days more
erasure | US-OR | US | 2028-01-17 | extended | 2028-04-16 | 45 days more
access | US-IA | US | 2026-03-01 | - | 2026-05-30 | 90 days in Iowa
access | US-IA | US | 2026-03-01 | extended | 2026-07-14 | and 45 more
appeal | US-VA | US | 2028-02-01 | - | 2028-04-01 | an appeal in 60 days
appeal | US-CO | US | 2028-02-01 | - | 2028-03-17 | an appeal in 45 days
appeal | US-CT | US | 2028-02-01 | - | 2028-04-01 | an appeal in 60 days
appeal | US-TX | US | 2028-02-01 | - | 2028-04-01 | an appeal in 60 days
appeal | US-OR | US | 2028-02-01 | - | 2028-03-17 | an appeal in 45 days
appeal | US-NJ | US | 2028-02-01 | - | 2028-03-17 | an appeal in 45 days
appeal | US-MN | US | 2028-02-01 | - | 2028-03-17 | an appeal in 45 days
appeal | US-IA | US | 2028-02-01 | - | 2028-04-01 | an appeal in 60 days
appeal | US-DE | US | 2028-02-01 | - | 2028-04-01 | an appeal in 60 days
appeal | US-TN | US | 2028-02-01 | - | 2028-04-01 | an appeal in 60 days
access | CN | CN | 2026-01-31 | - | 2026-02-15 | “timely”: 15 days as the target
access | CN | CN | 2028-02-20 | - | 2028-03-06 | “timely”: 15 days as the target
access | CN | CN | 2026-12-25 | - | 2027-01-09 | “timely”: 15 days as the target
erasure | CN | CN | 2026-06-01 | - | 2026-06-16 | closing an account in 15 business days, but the timely 15 days come first
access | KR | KR | 2026-02-20 | - | 2026-03-02 | 10 days
correction | KR | KR | 2026-02-20 | - | 2026-03-02 | 10 days
erasure | KR | KR | 2026-02-20 | - | 2026-03-02 | 10 days
restriction | KR | KR | 2026-02-20 | - | 2026-03-02 | 10 days
objection | KR | KR | 2026-02-20 | - | 2026-03-02 | 10 days
human-review | KR | KR | 2026-02-20 | - | 2026-03-22 | an automated decision in 30 days
access | JP | JP | 2026-02-20 | - | 2026-03-06 | “without delay”: 14 days as the target
access | JP | JP | 2028-02-20 | - | 2028-03-05 | “without delay”: 14 days as the target
access | SG | SG | 2026-02-20 | - | 2026-03-22 | 30 days in Singapore
access | NZ | NZ | 2026-06-05 | - | 2026-07-03 | 20 working days in New Zealand
access | NZ | NZ | 2026-12-18 | - | 2027-01-15 | 20 working days in New Zealand
access | NZ | NZ | 2026-12-18 | holidays 2026-12-25 2026-12-28 2027-01-01 2027-01-04 2026-12-26 | 2027-01-21 | with the holidays of the season
access | ID | ID | 2026-02-27 | - | 2026-03-02 | three times 24 hours in Indonesia, as days
access | VN | VN | 2026-02-27 | - | 2026-03-27 | no days are known of Vietnam: a month by the house’s own rule
access | TH | TH | 2026-02-27 | - | 2026-03-29 | 30 days in Thailand
access | MY | MY | 2026-02-27 | - | 2026-03-20 | 21 days in Malaysia
access | TW | TW | 2026-02-27 | - | 2026-03-14 | 15 days in Taiwan
erasure | TW | TW | 2026-02-27 | - | 2026-03-29 | 30 days for deleting in Taiwan
access | HK | HK | 2026-02-27 | - | 2026-04-08 | 40 days in Hong Kong
complaint | IN | IN | 2026-02-27 | - | 2026-05-28 | 90 days for a grievance in India
access | BR | BR | 2026-02-20 | - | 2026-03-07 | 15 days for full access in Brazil
access | CA | CA | 2026-01-30 | - | 2026-03-01 | 30 days in Canada
access | CA-ON | US | 2026-01-30 | extended | 2026-03-31 | and 30 more in Ontario
access | CA | CA | 2026-01-30 | extended | 2026-03-01 | a province that nobody named may be Quebec: no extension
access | CA-QC | CA | 2026-01-30 | extended | 2026-03-01 | 30 days in Quebec, and Quebec knows no extension
access | AU | AU | 2028-01-31 | - | 2028-03-01 | “reasonable”: 30 days as the target in Australia
access | TR | TR | 2026-02-20 | - | 2026-03-22 | 30 days in Türkiye
access | SA | SA | 2026-02-20 | - | 2026-03-22 | 30 days in Saudi Arabia
access | US-CA | DE | 2026-01-31 | - | 2026-02-28 | a German shop with a customer in California: the earlier of a month and 45 days
access | US-CA | DE | 2026-01-31 | extended | 2026-04-30 | both extended: 90 days in California, three months in Germany
access | KR | DE | 2026-02-20 | - | 2026-03-02 | a Korean customer of a German shop: 10 days
access | KR | DE | 2026-02-20 | extended | 2026-03-02 | a Korean customer of a German shop: no extension
access | DE | CN | 2026-01-31 | - | 2026-02-15 | a Chinese shop with a German customer: the timely 15 days
access | - | - | 2026-01-31 | - | 2026-02-15 | nobody knows where: the strictest, the timely 15 days of China
access | GB | GB | 2026-03-31T22:30:00Z | zone Europe/London | 2026-04-30 | half past eleven at night in London is the same day
access | DE | DE | 2026-03-31T22:30:00Z | zone Europe/Berlin | 2026-05-01 | in Berlin it is the next day already
access | DE | DE | 2026-03-28T22:30:00Z | zone Europe/Berlin | 2026-04-28 | before the clocks change, 23:30 in Berlin
access | DE | DE | 2026-03-29T22:30:00Z | zone Europe/Berlin | 2026-04-30 | after the clocks change, 00:30 in Berlin
access | CN | CN | 2026-12-31T16:00:00Z | zone Asia/Shanghai | 2027-01-16 | New Year comes first in Shanghai
access | US-CA | US | 2027-01-01T07:59:00Z | zone America/Los_Angeles | 2027-02-14 | and last in Los Angeles
access | DE | DE | 2026-01-30T10:00:00Z | zone Pacific/Kiritimati | 2026-02-28 | Kiritimati is a day ahead
access | NZ | NZ | 2026-06-07T12:30:00Z | zone Pacific/Auckland | 2026-07-06 | a business day by the shop’s own calendar: Sunday in UTC, Monday in Auckland
access | DE | DE | 2026-03-31T23:59:59Z | zone UTC | 2026-04-30 | in UTC when nothing is said
complaint | IN | IN | 2026-02-26T18:30:00Z | zone Asia/Kolkata | 2026-05-28 | half an hour of India
`;

export const DEADLINE_CASES: readonly DeadlineCase[] = TABLE.trim().split('\n').map(caseIn);

function caseIn(line: string): DeadlineCase {
  const [kind, customer, store, received, holds, due, why] = line.split(' | ') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const where = (code: string) => (code === '-' ? null : code);
  return {
    kind,
    customer: where(customer),
    store: where(store),
    received,
    due,
    why,
    ...Object.assign({}, ...holds.split(', ').map(alsoHolds)),
  };
}

function alsoHolds(text: string): Partial<DeadlineCase> {
  const [name, ...words] = text.split(' ');
  switch (name) {
    case 'extended':
      return { extended: true };
    case 'waited':
      return { waited: Number(words[0]) };
    case 'holidays':
      return { holidays: words };
    case 'zone':
      return { zone: words[0]! };
    default:
      return {};
  }
}
