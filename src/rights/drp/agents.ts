/** Which agents a store believes, and the token that each presents. No directory is asked: an administrator copies the key from it. */
import { createHash } from 'node:crypto';
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { recordDefinition } from '../../gate/record-definition.ts';
import { BaileeError } from '../../platform/errors.ts';
import { isSignedBy, needBound, openSigned, refusal } from './signed.ts';
import {
  type AgentRow,
  addAgent,
  agentOfBearer,
  agentsNamed,
  agentsOf,
  businessOf,
  countRefusal,
  giveBearer,
  refusalsOf,
  removeAgent,
  setBusiness,
} from './sql.ts';

const SHOWN_MS = 30 * 86_400_000;

function needRole({ role }: Caller, roles: readonly string[]): void {
  if (!roles.includes(role)) throw new BaileeError('forbidden', 'Your role may not do this.', { roles });
}

/** As which business agents ask this store. Throws `forbidden`, `conflict`. */
export async function nameBusiness(ctx: GateCtx, actor: Caller, business: string | null): Promise<void> {
  needRole(actor, ['administrator']);
  await ctx.db.transaction(async (tx) => {
    const set = { business, by: actor.id, at: new Date(ctx.clock.now()) };
    if (!(await setBusiness(tx, actor.store, set)))
      throw new BaileeError('conflict', 'Another store goes by this business-id.');
    await recordDefinition(ctx, tx, { kind: 'partner', actor, details: { step: 'drp-business', business } });
  });
}

/** Throws `forbidden`, `conflict` when the store has an agent of this id. */
export async function registerAgent(
  ctx: GateCtx,
  actor: Caller,
  agent: { readonly agent: string; readonly name: string; readonly verifyKey: string },
): Promise<void> {
  needRole(actor, ['administrator']);
  const { verifyKey, ...named } = agent;
  const row = { id: ctx.random.id(), store_id: actor.store, verify_key: Buffer.from(verifyKey, 'base64') };
  await ctx.db.transaction(async (tx) => {
    const added = { added_by: actor.id, added_at: new Date(ctx.clock.now()) };
    if (!(await addAgent(tx, { ...row, ...named, ...added })))
      throw new BaileeError('conflict', 'The store has an agent of this id.');
    const details = { step: 'drp-agent', subject: row.id, agent: agent.agent, verifyKey };
    await recordDefinition(ctx, tx, { kind: 'partner', actor, details });
  });
}

/** What it asked goes on; it asks nothing more. Throws `forbidden`, `not_found`. */
export async function dismissAgent(ctx: GateCtx, actor: Caller, id: string): Promise<void> {
  needRole(actor, ['administrator']);
  await ctx.db.transaction(async (tx) => {
    if (!(await removeAgent(tx, actor.store, id, new Date(ctx.clock.now()))))
      throw new BaileeError('not_found', 'There is no such agent in this store.');
    await recordDefinition(ctx, tx, {
      kind: 'partner',
      actor,
      details: { step: 'drp-agent-removed', subject: id },
    });
  });
}

/** Throws `forbidden`. */
export async function listAgents(ctx: GateCtx, actor: Caller) {
  needRole(actor, ['administrator', 'privacy-officer', 'auditor']);
  const agents = await agentsOf(ctx.db, actor.store);
  return {
    business: await businessOf(ctx.db, actor.store),
    agents: agents.map(({ id, agent, name, verify_key, added_at, bearer_of }) => ({
      ...{ id, agent, name, verifyKey: verify_key.toString('base64') },
      ...{ addedAt: added_at.toISOString(), connected: bearer_of !== null },
    })),
    refusals: await refusalsOf(ctx.db, actor.store, new Date(ctx.clock.now() - SHOWN_MS)),
  };
}

/** The agent that presents this token. Throws `unknown_key`. */
export async function agentPresenting(ctx: GateCtx, token: string): Promise<AgentRow & { business: string }> {
  const agent = token === '' ? null : await agentOfBearer(ctx.db, hashOf(token));
  if (agent === null || agent.business === null)
    throw new BaileeError('unknown_key', 'This token is not known, or it was replaced.');
  return { ...agent, business: agent.business };
}

/**
 * Gives an agent its token for a store (§2.05). Each new one ends the one before. Throws `forbidden`, whatever does not
 * hold: so the answer does not say which agents are known.
 */
export async function connectAgent(ctx: GateCtx, named: string, body: string): Promise<string> {
  const signers = (await agentsNamed(ctx.db, named)).filter((each) => isSignedBy(body, each.verify_key));
  const claims = signers[0] === undefined ? null : openSigned(body, signers[0].verify_key);
  const agent = signers.find(({ business }) => business !== null && business === claims?.['business-id']);
  if (claims === null || agent === undefined)
    throw refusal('forbidden', 'signature', 'No agent of a store here signed this message for it.');
  return recordingRefusals(ctx, agent, async () => {
    const now = ctx.clock.now();
    const issued = needBound(claims, { agent: named, business: agent.business!, now });
    const token = `drp_${ctx.random.bytes(32).toString('base64url')}`;
    if (!(await giveBearer(ctx.db, agent.id, hashOf(token), new Date(issued))))
      throw refusal('forbidden', 'replayed', 'A message that is as new was taken before.', true);
    return token;
  });
}

/** Counts what is refused of a known agent, and throws it on. */
export async function recordingRefusals<T>(
  ctx: GateCtx,
  { id }: Pick<AgentRow, 'id'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof BaileeError ? error.details?.reason : undefined;
    if (typeof reason === 'string') {
      ctx.log.warn({ agent: id, reason }, 'a message of an agent was refused');
      await countRefusal(ctx.db, id, reason as Parameters<typeof countRefusal>[2], new Date(ctx.clock.now()));
    }
    throw error;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
