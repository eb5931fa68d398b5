/** Whose privacy center it is. */
import type { GateCtx } from '../../gate/context.ts';
import { isLoopback } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import { type CenterStore, readCenterStore } from '../../vault/center.ts';

/**
 * The store that is named, or the only one there is. Throws `unknown_key` where that is not clear, and for the demo shop
 * where others can reach the server.
 */
export async function whichStore(ctx: GateCtx, named: string | null): Promise<CenterStore> {
  const store = await readCenterStore(ctx.db, named);
  if (store === null || (store.demo && !isLoopback(ctx.config.host)))
    throw new BaileeError('unknown_key', 'Name the store by its browser key, in the header x-write-key.');
  return store;
}

/** What stands above the sign-in. Codes need a mail server. */
export function describeCenter(ctx: GateCtx, { name, country }: CenterStore) {
  const ways = ['token', 'code', 'order'] as const;
  const none = ctx.config.smtpUrl === null;
  return { store: { name, country }, ways: ways.filter((way) => way !== 'code' || !none) };
}
