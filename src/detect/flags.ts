/** What a word may be, as bits: one look at the lexicon answers all of it. */
export const FLAG = {
  given: 1 << 0,
  surname: 1 << 1,
  common: 1 << 2,
  city: 1 << 3,
  country: 1 << 4,
  nationality: 1 << 5,
  religion: 1 << 6,
  health: 1 << 7,
  honorific: 1 << 8,
  street: 1 << 9,
  company: 1 << 10,
  unit: 1 << 11,
  particle: 1 << 12,
  job: 1 << 13,
  calendar: 1 << 14,
  /** From here on: what a word says about the value beside it. */
  phone: 1 << 15,
  card: 1 << 16,
  id: 1 << 17,
  birth: 1 << 18,
  age: 1 << 19,
  passport: 1 << 20,
  account: 1 << 21,
  plate: 1 << 22,
  name: 1 << 23,
  address: 1 << 24,
  order: 1 << 25,
  secret: 1 << 26,
  device: 1 << 27,
  zip: 1 << 28,
  license: 1 << 29,
  /** Joins words of a place, and of nothing else: `Frankfurt am Main`. */
  between: 1 << 30,
  /** Begins the name of a place that has more than one word. */
  phrase: 1 << 31,
} as const;

/** All bits that speak of a neighbor. */
export const CONTEXT =
  FLAG.phone |
  FLAG.card |
  FLAG.id |
  FLAG.birth |
  FLAG.age |
  FLAG.passport |
  FLAG.account |
  FLAG.plate |
  FLAG.name |
  FLAG.address |
  FLAG.order |
  FLAG.secret |
  FLAG.device |
  FLAG.zip |
  FLAG.license;
