/** The installation's two signing keys, made from the root provider's seeds. */
import type { RootProvider } from '../platform/key-ports.ts';
import type { Ctx } from '../platform/ports.ts';
import { type NoteSigner, noteSigner } from './note.ts';

export type SigningPurpose = 'ledger' | 'receipt';

interface Cached {
  readonly seed: Buffer;
  readonly signer: NoteSigner;
}

// Making a key object costs as much as several signatures. Held by provider, so that it goes when the provider goes.
const cache = new WeakMap<RootProvider, Map<string, Cached>>();

/** The signer of a purpose: `ledger` is named after the log's origin, `receipt` is `<origin>/receipts`. */
export function signerOf(ctx: Pick<Ctx, 'config' | 'root'>, purpose: SigningPurpose): NoteSigner {
  const origin = ctx.config.ledgerOrigin;
  const name = purpose === 'ledger' ? origin : `${origin}/receipts`;
  const seed = ctx.root.signingSeed(purpose);
  const signers = cache.get(ctx.root) ?? new Map<string, Cached>();
  const cached = signers.get(name);
  if (cached?.seed.equals(seed)) return cached.signer;
  const signer = noteSigner(name, seed);
  signers.set(name, { seed: Buffer.from(seed), signer });
  cache.set(ctx.root, signers);
  return signer;
}
