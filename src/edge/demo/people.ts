/** People who do not exist, with names, addresses and phones in their own scripts. */
import { type Chance, chance } from './random.ts';
import type { Place, Region } from './region.ts';
import { brazil, unitedStates } from './region-americas.ts';
import { china, japan, korea } from './region-east-asia.ts';
import { france, germany, unitedKingdom } from './region-europe.ts';
import { egypt, india } from './region-india-egypt.ts';

const REGIONS: readonly Region[] = [
  germany,
  china,
  unitedStates,
  japan,
  india,
  france,
  egypt,
  brazil,
  unitedKingdom,
  korea,
];

/** Mailboxes that reach nobody (RFC 2606). */
const MAIL_HOSTS = ['mail.example.com', 'post.example.org', 'inbox.example.net'] as const;

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;

export interface Person {
  /** From 0, in the order of registration in the shop's list. */
  readonly ordinal: number;
  readonly userId: string;
  /** The device of its visits. */
  readonly anonymousId: string;
  readonly region: Region;
  readonly givenName: string;
  readonly familyName: string;
  readonly name: string;
  readonly email: string;
  /** International format; absent when the fictional ranges are used up. */
  readonly phone?: string;
  readonly address: Address;
  /** `YYYY-MM-DD`. */
  readonly birthday: string;
  readonly ip: string;
  readonly nationalId?: string;
  /** Brand and last four digits: all that is ever kept of a card. Absent: paid otherwise. */
  readonly card?: { readonly brand: string; readonly last4: string };
  /** What was answered when asked; absent: never asked. */
  readonly consent?: Consent;
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode: string;
  readonly country: string;
}

export type Consent = Readonly<Record<'analytics' | 'personalization' | 'marketing-email', boolean>>;

/**
 * People `0 … count - 1` of the seed, the first ten from ten countries.
 * The same seed gives the same people; `now` (UTC milliseconds) only moves their birth dates.
 */
export function people(seed: number, now: number, count: number): Person[] {
  const phones = new Set<string>();
  return Array.from({ length: count }, (_, ordinal) => person(seed, now, ordinal, phones));
}

function person(seed: number, now: number, ordinal: number, phones: Set<string>): Person {
  const random = chance(seed, `person ${ordinal}`);
  const region = regionOf(ordinal, random);
  const given = random.pick(region.given);
  const family = random.pick(region.family);
  const place = random.pick(region.places);
  const phone = freshPhone(place, random, phones);
  const consent = consentOf(random);
  const nationalId = region.nationalId?.(random);
  const card = { brand: random.pick(['visa', 'mastercard', 'amex']), last4: random.digits('####') };
  const paysByCard = random.yes(0.55);
  return {
    ordinal,
    userId: `u-${String(ordinal + 1).padStart(4, '0')}`,
    anonymousId: device(random),
    region,
    givenName: given[0],
    familyName: family[0],
    name: region.fullName(given[0], family[0]),
    email: `${mailbox(given[1])}.${mailbox(family[1])}${ordinal + 1}@${random.pick(MAIL_HOSTS)}`,
    ...(phone === undefined ? {} : { phone }),
    address: addressIn(region, place, random),
    birthday: new Date(now - (19 + 58 * random.next()) * YEAR_MS).toISOString().slice(0, 10),
    // Addresses kept for documentation (RFC 5737).
    ip: `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.between(1, 254)}`,
    ...(nationalId === undefined ? {} : { nationalId }),
    ...(paysByCard ? { card } : {}),
    ...(consent === undefined ? {} : { consent }),
  };
}

/** Each country once, then by their shares. */
function regionOf(ordinal: number, random: Chance): Region {
  const first = REGIONS[ordinal];
  if (first !== undefined) return first;
  const drawn = random.between(1, 100);
  let reached = 0;
  for (const region of REGIONS) {
    reached += region.share;
    if (drawn <= reached) return region;
  }
  return germany;
}

function consentOf(random: Chance): Consent | undefined {
  const asked = random.yes(0.88);
  const consent = {
    analytics: random.yes(0.62),
    personalization: random.yes(0.48),
    'marketing-email': random.yes(0.36),
  };
  return asked ? consent : undefined;
}

function addressIn(region: Region, place: Place, random: Chance): Address {
  return {
    street: region.house(random, random.pick(region.streets)),
    city: place.city,
    ...(place.state === undefined ? {} : { state: place.state }),
    postalCode: random.digits(place.postalCode),
    country: region.country,
  };
}

/** A number no one else here has: a phone that two share would make them one customer. */
function freshPhone(place: Place, random: Chance, taken: Set<string>): string | undefined {
  for (let attempt = 0; attempt < 40; attempt++) {
    const phone = random.digits(random.pick(place.phones));
    if (!taken.has(phone) && !passesLuhn(phone)) {
      taken.add(phone);
      return phone;
    }
  }
  return undefined;
}

/** Digits that could be taken for a payment card are drawn again. */
function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const doubled = Number(digits[digits.length - 1 - at]) * (at % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length >= 12 && sum % 10 === 0;
}

/** The Latin spelling as an e-mail address carries it: small letters, no accents. */
function mailbox(latinName: string): string {
  return latinName
    .toLowerCase()
    .normalize('NFD')
    .replaceAll('œ', 'oe')
    .replaceAll('ı', 'i')
    .replace(/[^a-z]/g, '');
}

/** A random id such as the browser client makes (UUID version 4), with no run of digits that could be a card. */
function device(random: Chance): string {
  for (;;) {
    const hex = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('');
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    if (!(id.match(/\d(?:-?\d)+/g) ?? []).some(passesLuhn)) return id;
  }
}
