/** Unsubscribes that come back from a mail service: whoever is known by the address says no from now on. */
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { stop } from '../consent/stop.ts';
import type { GateCtx } from '../gate/context.ts';
import { identifierToken } from '../keys/blind.ts';
import { lookUp } from '../vault/identify.ts';

export interface Told {
  readonly received: number;
  readonly stopped: number;
  readonly unknown: number;
}

/** Refuses `marketing-email` for each address. Twice told is once refused. */
export async function toldByMail(ctx: GateCtx, store: string, addresses: readonly string[]): Promise<Told> {
  let stopped = 0;
  let unknown = 0;
  for (const address of new Set(addresses)) {
    const email = normalizeIdentifier('email', address);
    const token = email.ok ? identifierToken(ctx, store, 'email', email.value) : null;
    const [found] = token === null ? [] : (await lookUp(ctx.db, store, [{ kind: 'email', token }])).values();
    if (found === undefined) unknown += 1;
    else if (
      await stop(ctx, { store, customer: found.customer, purpose: 'marketing-email', place: 'mail-service' })
    )
      stopped += 1;
  }
  return { received: addresses.length, stopped, unknown };
}
