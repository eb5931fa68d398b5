/**
 * Data Rights Protocol 1.0 (github.com/consumer-reports-innovation-lab/data-rights-protocol; 1.0 is 0.9.4 unchanged):
 * what agents send to `/v1/drp` and are answered, and how a store names its agents at `/api/drp`.
 */
import { Type } from 'typebox';
import { Id } from './opening.ts';

const Time = Type.String({ maxLength: 40 });
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

export const DRP_VERSIONS = ['1.0', '0.9.4', '0.9.3'] as const;
/** §3.01, without `sale:opt-in`: whoever lets their data be sold says so themselves. */
export const DRP_EXERCISES = [
  'access',
  'access:categories',
  'access:specific',
  'deletion',
  'sale:opt-out',
] as const;
export type DrpExercise = (typeof DRP_EXERCISES)[number];
/** §3.02. */
export const DRP_STATES = ['in_progress', 'fulfilled', 'revoked', 'denied', 'expired'] as const;
export type DrpState = (typeof DRP_STATES)[number];
/** Why messages are refused, as they are counted. */
export const DRP_REFUSALS = [
  'not-base64',
  'signature',
  'agent',
  'business',
  'not-yet',
  'expired',
  'replayed',
  'unsupported',
] as const;
export type DrpRefusal = (typeof DRP_REFUSALS)[number];

/** §3.03. */
export const DrpStatus = Type.Object({
  request_id: Id,
  received_at: Time,
  expected_by: Time,
  agent_request_id: Type.Optional(Type.String()),
  status: Type.Unsafe<DrpState>({ enum: [...DRP_STATES] }),
  reason: Type.Optional(Type.String()),
  processing_details: Type.Optional(Type.String()),
});
/** §2.05.1. */
export const DrpTokenAnswer = Type.Object({ 'agent-id': Type.String(), token: Type.String() });
export const DrpAgentPath = Type.Object({ agent: Type.String({ maxLength: 100 }) });
export const DrpRequestPath = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const DrpBody = Type.Object(
  {
    /** `business-id` of this store; null: agents are not answered any more. */
    business: OrNull(Type.String({ pattern: '^[A-Za-z0-9_-]{2,100}$' })),
  },
  { additionalProperties: false },
);
export const DrpAgentBody = Type.Object(
  {
    /** `id` in the directory of agents. */
    agent: Type.String({ pattern: '^[A-Za-z0-9_-]{2,100}$' }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    /** `verify_key` in the directory: Ed25519, 32 bytes in base64. */
    verifyKey: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }),
  },
  { additionalProperties: false },
);
export const DrpAgentRowPath = Type.Object({ id: Type.String({ maxLength: 64 }) });
export const DrpAnswer = Type.Object({
  business: OrNull(Type.String()),
  agents: Type.Immutable(
    Type.Array(
      Type.Object({
        id: Id,
        agent: Type.String(),
        name: Type.String(),
        verifyKey: Type.String(),
        addedAt: Time,
        /** It asked for its token. */
        connected: Type.Boolean(),
      }),
    ),
  ),
  /** Of the last thirty days, newest first. */
  refusals: Type.Immutable(
    Type.Array(
      Type.Object({
        agent: Id,
        reason: Type.Unsafe<DrpRefusal>({ enum: [...DRP_REFUSALS] }),
        day: Type.String(),
        count: Type.Integer(),
      }),
    ),
  ),
});
