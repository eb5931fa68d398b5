/** Ten codes for the day the app is lost: each opens once, in place of a one-time code. */
import { heldToken } from '../../keys/blind.ts';
import type { Ctx, Tx } from '../../platform/ports.ts';

const COUNT = 10;
/** Without letters that look alike; 25 of 30 signs are 122 bits (OWASP ASVS 5.0, 6.5.2: a fast keyed hash needs 112). */
const SIGNS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 25;

/** Makes new ones; those from before no longer open. Shown once. */
export async function makeRecoveryCodes(ctx: Ctx, tx: Tx, person: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () => makeCode(ctx));
  await tx.query({ text: 'DELETE FROM bailee.recovery_code WHERE person_id = $1', values: [person] });
  await tx.query({
    text: 'INSERT INTO bailee.recovery_code (person_id, hash) SELECT $1, unnest($2::bytea[])',
    values: [person, codes.map((code) => heldToken(ctx, person, plain(code)))],
  });
  return codes;
}

/** Uses one up. */
export async function recoveryCodeHolds(ctx: Ctx, tx: Tx, person: string, code: string): Promise<boolean> {
  const { rowCount } = await tx.query({
    text: 'UPDATE bailee.recovery_code SET used_at = $3 WHERE person_id = $1 AND hash = $2 AND used_at IS NULL',
    values: [person, heldToken(ctx, person, plain(code)), new Date(ctx.clock.now())],
  });
  return rowCount === 1;
}

function makeCode(ctx: Ctx): string {
  const signs: string[] = [];
  while (signs.length < LENGTH) {
    const [byte] = ctx.random.bytes(1);
    // What is left over above the last whole alphabet would make some signs likelier.
    if (byte! < 256 - (256 % SIGNS.length)) signs.push(SIGNS[byte! % SIGNS.length]!);
  }
  return [0, 5, 10, 15, 20].map((at) => signs.slice(at, at + 5).join('')).join('-');
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
