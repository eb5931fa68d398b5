/** What a customer asks of the shop, from the privacy center. */
import type { Proof, RequestKind } from '../../../contract/requests.ts';
import type { GateCtx } from '../../gate/context.ts';
import { members } from '../../vault/identify.ts';
import { requestsOf } from '../../vault/requests.ts';
import { unknownRequest } from '../requests/at-request.ts';
import { createRequest } from '../requests/create.ts';
import { type OwnRequest, ownItemOf } from '../requests/item.ts';
import { stepRequest } from '../requests/step.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/** Of these an order proves too little who asks: somebody of the shop finds out, as for a letter. */
const RISKY: readonly RequestKind[] = ['access', 'portability', 'correction', 'erasure', 'human-review'];

function proofOf({ strength }: OwnSession, kind: RequestKind): { readonly proof?: Proof } {
  return strength === 'order' && RISKY.includes(kind) ? {} : { proof: strength };
}

/** Throws what `createRequest` throws. */
export async function askInCenter(
  ctx: GateCtx,
  session: OwnSession,
  { kind, id }: { readonly kind: RequestKind; readonly id?: string },
): Promise<{ readonly request: OwnRequest; readonly joined: boolean }> {
  needStrength(session.strength, 'ask');
  const { store, customer } = session;
  const { row, joined } = await createRequest(ctx, {
    author: { type: 'customer', store },
    customer,
    kind,
    channel: 'center',
    ...proofOf(session, kind),
    ...(id === undefined ? {} : { id }),
  });
  return { request: ownItemOf(row), joined };
}

/** Newest first. */
export async function requestsInCenter(ctx: GateCtx, { customer }: OwnSession): Promise<OwnRequest[]> {
  const together = await members(ctx.db, [customer]);
  const rows = await requestsOf(
    ctx.db,
    together.map(({ member }) => member),
  );
  return rows.map(ownItemOf);
}

/** Throws `not_found`, `conflict` when it is ended. */
export async function withdrawInCenter(ctx: GateCtx, session: OwnSession, id: string): Promise<OwnRequest> {
  const own = await requestsInCenter(ctx, session);
  if (!own.some((each) => each.id === id)) throw unknownRequest();
  const author = { type: 'customer', store: session.store } as const;
  return ownItemOf(await stepRequest(ctx, { author, id, step: 'withdraw' }));
}

/** A request that is answered here and now. Resolves with its id. */
export async function askForNow(
  ctx: GateCtx,
  session: OwnSession,
  kind: 'access' | 'erasure',
): Promise<string> {
  return (await askInCenter(ctx, session, { kind })).request.id;
}
