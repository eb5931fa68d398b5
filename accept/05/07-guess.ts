/**
 * Whether somebody is a customer, guessed by the answers of the privacy center and by how long they take. Known and unknown
 * addresses and orders are tried at random, over sockets, from many networks; every try that fails must look like every other.
 */
import { randomInt } from 'node:crypto';
import { Faults, onPostgres } from '../01/faults.ts';
import { makeShop, send, serve } from '../01/shop.ts';
import { openMailbox } from '../04/mailbox.ts';
import type { AcceptLine } from '../line.ts';
import { GUESSERS, guessByTime, guessed, type Try } from './guess.ts';

const TRIES = 10_000;
const QUICK_TRIES = 600;
/** Before counting: code that runs the first times runs slower. */
const WARM = 60;
const PEOPLE = 800;
const LANES = 4;
const BATCH = 100;

const KINDS = ['code', 'order and postal code', 'order and address', 'guess at a code'] as const;
type Kind = (typeof KINDS)[number];

interface Tried extends Try {
  readonly kind: Kind;
  /** Status, body and names of headers, apart from ids and times. */
  readonly said: string;
}

interface Center {
  readonly url: string;
  readonly key: string;
}

export const line: AcceptLine = {
  issue: 5,
  number: 7,
  title: 'A guess at whether a person is a customer, by answer or by time',
  run: async ({ quick, log }) => {
    const faults = new Faults(log);
    const mails = await openMailbox();
    let figure = '';
    try {
      await onPostgres(async (where) => {
        const shop = await makeShop(where);
        const env = { BAILEE_SMTP_URL: mails.url, BAILEE_TRUSTED_PROXIES: '127.0.0.1' };
        const { url } = await serve(where, { env });
        await fill(url, shop.writeKeys.server);
        const center = { url, key: shop.writeKeys.browser };
        await inLanes(center, WARM, () => undefined);
        const tried = await inLanes(center, quick ? QUICK_TRIES : TRIES, log);
        figure = judge(faults, tried, log);
      });
    } finally {
      await mails.close();
    }
    return faults.verdict(figure);
  },
};

/** Customers with an address, a parcel and a postal code. */
async function fill(url: string, writeKey: string): Promise<void> {
  for (let from = 0; from < PEOPLE; from += BATCH) {
    const those = Array.from({ length: BATCH }, (_, at) => from + at);
    const address = { street: 'Lindenweg 4', city: 'Berlin', postal_code: '10117' };
    await send(
      url,
      writeKey,
      those.flatMap((nth) => [
        {
          type: 'identify',
          userId: `u-${nth}`,
          messageId: `i-${nth}`,
          traits: { email: `known${nth}@example.com`, name: `Person ${nth}`, address },
        },
        {
          type: 'track',
          event: 'Order Completed',
          userId: `u-${nth}`,
          messageId: `o-${nth}`,
          properties: { order_id: `A-${nth}`, total: 30, currency: 'EUR', products: [], billing: address },
        },
      ]),
    );
  }
}

/** Several at once, each one after the other; which is tried is drawn anew each time. */
async function inLanes(center: Center, count: number, log: (message: string) => void): Promise<Tried[]> {
  const tried: Tried[] = [];
  let begun = 0;
  const lane = async () => {
    while (begun < count) {
      begun += 1;
      if (begun % 2_000 === 0) log(`${begun} of ${count} tries`);
      tried.push(await once(center));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return tried;
}

async function once(center: Center): Promise<Tried> {
  const kind = KINDS[randomInt(KINDS.length)]!;
  const known = randomInt(2) === 1;
  const { path, body } = requestOf(kind, known, randomInt(PEOPLE));
  const from = performance.now();
  const answer = await fetch(`${center.url}/v1/center${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-write-key': center.key,
      'x-bailee-center': '1',
      // A network of its own, or the first hundred tries would stop the rest.
      'x-forwarded-for': [10, randomInt(256), randomInt(256), randomInt(256)].join('.'),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  const took = performance.now() - from;
  const plain = text.replace(/"requestId":"[^"]*"/, '').replace(/"minutes":\d+|in \d+ minutes/g, '');
  const names = [...answer.headers.keys()].sort().join(' ');
  return { kind, known, took, said: `${answer.status} ${plain} ${names}` };
}

/** The same words for known and unknown, of the same length. */
function requestOf(kind: Kind, known: boolean, nth: number) {
  const email = `${known ? 'known' : 'ghost'}${nth}@example.com`;
  const order = `${known ? 'A' : 'B'}-${nth}`;
  switch (kind) {
    case 'code':
      return { path: '/code', body: { email, language: 'en' } };
    case 'order and postal code':
      return { path: '/session', body: { order, postalCode: '99999' } };
    case 'order and address':
      return { path: '/session', body: { order, email: `known${(nth + 1) % PEOPLE}@example.com` } };
    case 'guess at a code':
      return { path: '/session', body: { email, code: '12345678' } };
  }
}

/** Answers that fit one side alone, and times by which a guess does better than chance. */
function judge(faults: Faults, tried: readonly Tried[], log: (message: string) => void): string {
  const guessers = Object.keys(GUESSERS) as (keyof typeof GUESSERS)[];
  const all = { 'one cut': { right: 0, of: 0 }, 'many bins': { right: 0, of: 0 } };
  for (const kind of KINDS) {
    const own = tried.filter((each) => each.kind === kind);
    const said = (known: boolean) =>
      new Set(own.filter((each) => each.known === known).map((each) => each.said));
    faults.equal(
      [...said(true)].toSorted().join('\n'),
      [...said(false)].toSorted().join('\n'),
      `${kind}: the answers`,
    );
    faults.equal(said(true).size, 1, `${kind}: the one answer`);
    for (const by of guessers) {
      const { right, of, atLeast } = guessByTime(own, by);
      faults.check(
        atLeast <= 0.5,
        `${kind}: ${right} of ${of} guesses by ${by} are right, which is no chance`,
      );
      log(`${kind}, by ${by}: ${right} of ${of} right; ${timesOf(own)}`);
      all[by] = { right: all[by].right + right, of: all[by].of + of };
    }
  }
  // What is too little to be seen in one kind is seen in all of them together.
  const shares = guessers.map((by) => {
    const { right, of, atLeast } = guessed(all[by].right, all[by].of);
    faults.check(atLeast <= 0.5, `${right} of ${of} guesses by ${by} are right, which is no chance`);
    return `by ${by} ${right} of ${of}, ${((100 * right) / of).toFixed(1)} %`;
  });
  return `${tried.length} tries; guessed right ${shares.join('; ')}`;
}

/** Medians, for a person who reads the log. */
function timesOf(own: readonly Tried[]): string {
  const median = (known: boolean) => {
    const sorted = own
      .filter((each) => each.known === known)
      .map((each) => each.took)
      .toSorted((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2);
  };
  return `median ${median(true)} ms known, ${median(false)} ms unknown`;
}
