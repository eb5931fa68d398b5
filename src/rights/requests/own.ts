/** Requests by the customer's own hand, vouched for by the shop's backend. */

import type { RequestKind } from '../../../contract/requests.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import type { GateCtx } from '../../gate/context.ts';
import { identifierToken } from '../../keys/blind.ts';
import { BaileeError } from '../../platform/errors.ts';
import { lookUp, members } from '../../vault/identify.ts';
import { requestsOf } from '../../vault/requests.ts';
import { unknownRequest } from './at-request.ts';
import { createRequest } from './create.ts';
import { type OwnRequest, ownItemOf } from './item.ts';
import { stepRequest } from './step.ts';

/** Who is signed in at the shop, by its own account number. */
export interface SignedInCustomer {
  readonly store: string;
  readonly userId: string;
}

/** Throws `not_found` when nothing is held of them. */
export async function askOwn(
  ctx: GateCtx,
  who: SignedInCustomer,
  asked: { readonly kind: RequestKind; readonly id?: string },
): Promise<{ request: OwnRequest; joined: boolean }> {
  const customer = await customerOf(ctx, who);
  if (customer === null)
    throw new BaileeError('not_found', 'We hold nothing about you. There is nothing to ask for.');
  const author = { type: 'customer', store: who.store } as const;
  const { row, joined } = await createRequest(ctx, {
    author,
    customer,
    channel: 'center',
    proof: 'signed-in',
    ...asked,
  });
  return { request: ownItemOf(row), joined };
}

/** Newest first; nothing for somebody who is not known. */
export async function listOwn(ctx: GateCtx, who: SignedInCustomer): Promise<OwnRequest[]> {
  const customer = await customerOf(ctx, who);
  if (customer === null) return [];
  const together = await members(ctx.db, [customer]);
  return (
    await requestsOf(
      ctx.db,
      together.map((each) => each.member),
    )
  ).map(ownItemOf);
}

/** Takes a request back. Throws `not_found`, `conflict` when it is ended. */
export async function withdrawOwn(ctx: GateCtx, who: SignedInCustomer, id: string): Promise<OwnRequest> {
  const own = await listOwn(ctx, who);
  if (!own.some((each) => each.id === id)) throw unknownRequest();
  const author = { type: 'customer', store: who.store } as const;
  return ownItemOf(await stepRequest(ctx, { author, id, step: 'withdraw' }));
}

async function customerOf(ctx: GateCtx, { store, userId }: SignedInCustomer): Promise<string | null> {
  const normalized = normalizeIdentifier('userId', userId);
  if (!normalized.ok) return null;
  const token = identifierToken(ctx, store, 'userId', normalized.value);
  const [found] = (await lookUp(ctx.db, store, [{ kind: 'userId', token }])).values();
  return found?.customer ?? null;
}
