/** The secrets that a store shares with its backend and its mail service. */
import { storeSecret } from '../keys/store-secret.ts';
import type { Ctx } from '../platform/ports.ts';

export interface StoreSecrets {
  /** Base64url of 32 bytes: signs customer tokens by HS256. */
  readonly customerTokenSecret: string;
  /** Base64url of 32 bytes: signs what a mail service tells. */
  readonly webhookSecret: string;
}

/** Those of a number; a new store begins with 1. */
export function storeSecrets(ctx: Ctx, store: string, number: number): StoreSecrets {
  const text = (use: 'customer-token' | 'webhook') =>
    storeSecret(ctx, store, use, number).toString('base64url');
  return { customerTokenSecret: text('customer-token'), webhookSecret: text('webhook') };
}
