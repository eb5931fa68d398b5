/**
 * Secrets that a store shares with others (its backend, a mail service, the holder of a link). They are derived,
 * so that nothing of them lies in the database; a higher number makes new ones.
 */
import { hkdfSync } from 'node:crypto';
import type { Ctx } from '../platform/ports.ts';
import { secret } from './secrets.ts';

export type SecretUse = 'customer-token' | 'webhook' | 'pseudonym';

/** 32 bytes. HKDF-SHA-256 (RFC 5869). */
export function storeSecret(ctx: Ctx, store: string, use: SecretUse, number: number): Buffer {
  return derive(ctx, `bailee/store-secret/${store}/${use}/n${number}/v1`);
}

/** The key (32 bytes) that seals what a link in a mail carries. */
export function linkKey(ctx: Ctx): Buffer {
  return derive(ctx, 'bailee/link/v1');
}

/** The key (32 bytes) that seals a code and its address until the mail is sent. */
export function codeKey(ctx: Ctx): Buffer {
  return derive(ctx, 'bailee/center/code/v1');
}

function derive(ctx: Ctx, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret(ctx, 'index'), Buffer.alloc(0), info, 32));
}
