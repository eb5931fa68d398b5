/**
 * An agent asks for a customer (§2.01). The answer is the same for somebody known and somebody unknown; only what comes
 * later can differ. Nobody is looked for before the message holds.
 */
import { DRP_EXERCISES, type DrpExercise } from '../../../contract/drp.ts';
import type { IdentifierKind } from '../../../contract/names.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import type { GateCtx } from '../../gate/context.ts';
import { identifierToken, messageToken } from '../../keys/blind.ts';
import { endOfDay } from '../../law/local-day.ts';
import { isBaileeError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/ports.ts';
import { lookUp } from '../../vault/identify.ts';
import { createRequest } from '../requests/create.ts';
import { deadline } from '../requests/deadline.ts';
import { recordingRefusals } from './agents.ts';
import { KIND_OF } from './kinds.ts';
import { type Claims, needBound, openSigned, refusal } from './signed.ts';
import { type AgentRow, addDrpRequest, type DrpRequestRow, wasAsked } from './sql.ts';
import { statusOf } from './status.ts';

/** An agent's own number of a request; nothing that could be an address or a name with spaces. */
const AGENT_REQUEST = /^[A-Za-z0-9._:-]{1,100}$/;

type Agent = AgentRow & { readonly business: string };

/** Throws `forbidden`, `bad_request`, `conflict` for a message that came before, each counted. */
export function exercise(ctx: GateCtx, agent: Agent, body: string) {
  return recordingRefusals(ctx, agent, async () => {
    const now = ctx.clock.now();
    const claims = openSigned(body, agent.verify_key);
    needBound(claims, { agent: agent.agent, business: agent.business, now });
    const asked = DRP_EXERCISES.find((each) => each === claims.exercise);
    const { regime, 'agent-request-id': ownId } = claims;
    if (asked === undefined || (regime !== undefined && regime !== 'ccpa'))
      throw refusal('bad_request', 'unsupported', 'This exercise or this regime is not supported.', true);
    if (ownId !== undefined && (typeof ownId !== 'string' || !AGENT_REQUEST.test(ownId)))
      throw refusal('bad_request', 'unsupported', 'agent-request-id is letters, digits and . _ : - alone.');
    // The signature leaves one spelling of a message; its base64 does not.
    const content = messageToken(ctx, agent.store_id, Buffer.from(body.trim(), 'base64').toString('base64'));
    const row: DrpRequestRow = {
      ...{ id: ctx.random.id(), store_id: agent.store_id, agent: agent.id, content, exercise: asked },
      ...{ agent_request: ownId ?? null, vouched: claims.email_verified === true },
      ...{ request: null, joined: false, received_at: new Date(now), revoked_at: null },
      expected_by: expectedBy(ctx, asked, regime, now),
    };
    if (await wasAsked(ctx.db, agent.id, content)) throw replayed();
    await take(ctx, row, claims);
    return statusOf(ctx, row, null);
  });
}

function replayed() {
  return refusal('conflict', 'replayed', 'This message was taken before. It acts once.', true);
}

/** The same day for everybody, wherever they live: it must not tell whether somebody was found. */
function expectedBy(ctx: GateCtx, asked: DrpExercise, regime: unknown, now: number): Date {
  const { dueOn } = deadline(ctx, {
    ...{
      kind: KIND_OF[asked],
      received: new Date(now).toISOString(),
      extended: false,
      waited: 0,
      holidays: [],
    },
    ...(regime === 'ccpa' ? { customer: 'US-CA' } : {}),
  });
  return new Date(endOfDay(dueOn, ctx.config.timeZone));
}

/** Both in one transaction, so that what was taken is never lost, and acts once. */
async function take(ctx: GateCtx, row: DrpRequestRow, claims: Claims): Promise<void> {
  const add = async (tx: Tx, more: Pick<DrpRequestRow, 'request' | 'joined'>) => {
    if (!(await addDrpRequest(tx, { ...row, ...more }))) throw replayed();
  };
  const found = await findFor(ctx, row.store_id, claims);
  if (found !== null) {
    const author = { type: 'agent', id: row.agent, store: row.store_id } as const;
    const proof = found.proved && row.vouched ? ({ proof: 'agent' } as const) : {};
    const asked = {
      author,
      customer: found.customer,
      kind: KIND_OF[row.exercise],
      channel: 'import',
    } as const;
    try {
      await createRequest(ctx, {
        ...{ ...asked, ...proof },
        alongside: (tx, { row: request, joined }) => add(tx, { request: request.id, joined }),
      });
      return;
    } catch (error) {
      // Erased since it was found: nobody is found any more.
      if (!isBaileeError(error, 'already_erased') && !isBaileeError(error, 'not_found')) throw error;
    }
  }
  await add(ctx.db, { request: null, joined: false });
}

/** By e-mail, else by phone. `proved`: the shop itself knows that the address is theirs; then the agent's word is enough. */
async function findFor(
  ctx: GateCtx,
  store: string,
  { email, phone_number }: Claims,
): Promise<{ readonly customer: string; readonly proved: boolean } | null> {
  const given: readonly [IdentifierKind, unknown][] = [
    ['email', email],
    ['phone', phone_number],
  ];
  for (const [kind, value] of given) {
    const normalized = normalizeIdentifier(kind, value);
    if (!normalized.ok) continue;
    const token = identifierToken(ctx, store, kind, normalized.value);
    const [found] = (await lookUp(ctx.db, store, [{ kind, token }])).values();
    if (found !== undefined) return { customer: found.customer, proved: kind === 'email' && found.verified };
  }
  return null;
}
