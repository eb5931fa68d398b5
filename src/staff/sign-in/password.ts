/** Passwords: argon2id (RFC 9106), and which ones are too easy to guess. */
import { hash, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { BaileeError } from '../../platform/errors.ts';

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Argon2id is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const LEAST = 12;
const MOST = 200;
/** 0 to 4; 3 is "safely unguessable" against a slow hash. */
const LEAST_SCORE = 3;
/** Letters and digits that are left once everything known of the person is taken out. */
const LEAST_OWN = 8;

let strength: ZxcvbnFactory | undefined;

/**
 * Throws `weak_password`, saying what is wrong with it. Any characters are welcome; nothing is demanded but that it is
 * long, in no list of common passwords and not made of the person's own name (NIST SP 800-63B-4, 3.1.1).
 */
export function needStrong(password: string, own: readonly string[]): void {
  const length = [...password].length;
  if (length < LEAST || length > MOST)
    throw weak(
      `Use ${LEAST} to ${MOST} characters. A few words in a row are easy to keep in mind.`,
      'length',
    );
  strength ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const known = own.flatMap((each) => [each, ...each.split(/[@.\s]+/)]).filter((each) => each.length > 2);
  const { score } = strength.check(password, known);
  if (score < LEAST_SCORE || without(password, known) < LEAST_OWN)
    throw weak('This password is easy to guess. Take longer or rarer words.', 'common');
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** A hash of nothing that anybody knows, so that an account that does not exist takes as long. */
let nobody: Promise<string> | undefined;

/** False for people without a password too, after the same time. */
export async function passwordHolds(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(crypto.randomUUID());
  const right = await verify(stored ?? (await nobody), password.normalize('NFKC'));
  return right && stored !== null;
}

/** How many letters and digits are left without these words. */
function without(password: string, words: readonly string[]): number {
  const rest = [...words]
    .sort((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word.toLowerCase(), ' '), password.toLowerCase());
  return (rest.match(/[\p{L}\p{N}]/gu) ?? []).length;
}

function weak(message: string, why: string): BaileeError {
  return new BaileeError('weak_password', message, { why });
}
