/** Lives of requests: every kind, every step, by the functions that the edge calls. */
import { REQUEST_KINDS, type RequestKind, type RequestStep } from '../../../contract/requests.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { Actor, Caller } from '../../../src/gate/actor.ts';
import type { GateCtx } from '../../../src/gate/context.ts';
import { createRequest } from '../../../src/rights/requests/create.ts';
import { stepRequest } from '../../../src/rights/requests/step.ts';

/** `ask` by support or by the customer; `correct`: the shop sends the right value. */
export type Deed = 'ask' | 'ask-own' | 'correct' | RequestStep;

const WAYS: readonly (readonly Deed[])[] = [
  ['ask', 'acknowledge', 'prove', 'start', 'correct', 'fulfil'],
  ['ask-own', 'start', 'wait', 'resume', 'correct', 'fulfil'],
  ['ask', 'prove', 'extend', 'refuse', 'appeal', 'correct', 'fulfil'],
  ['ask', 'wait', 'resume', 'withdraw'],
];

export interface Life {
  readonly kind: RequestKind;
  readonly deeds: readonly Deed[];
}

/** A restriction also ends; nothing but a correction needs a right value, and no law gives more time for a complaint. */
export const LIVES: readonly Life[] = REQUEST_KINDS.flatMap((kind) =>
  WAYS.map((way) => {
    const deeds = way.filter(
      (deed) => (deed !== 'correct' || kind === 'correction') && (deed !== 'extend' || kind !== 'complaint'),
    );
    const lifted = kind === 'restriction' && deeds.at(-1) === 'fulfil';
    return { kind, deeds: lifted ? [...deeds, 'lift' as const] : deeds };
  }),
);

/** Whose request, and by which keys the shop's people act. */
export interface Person {
  readonly store: string;
  readonly userId: string;
  readonly customer: string;
  /** Of the request, chosen by whoever asks. */
  readonly request: string;
}

const SUPPORT = '00000000-0000-7000-8000-00000000000a';
const OFFICER = '00000000-0000-7000-8000-00000000000b';
const BY_SUPPORT: readonly Deed[] = ['acknowledge', 'prove', 'withdraw'];

const actor = (store: string, role: 'support' | 'privacy-officer'): Caller & Actor => ({
  type: 'api-key',
  id: role === 'support' ? SUPPORT : OFFICER,
  store,
  role,
});

/** A shop's event of this person; the same name sends the same message. */
export async function tell(
  ctx: GateCtx,
  { store, userId }: Omit<Person, 'customer' | 'request'>,
  name: string,
) {
  const event = {
    ...{ type: 'identify', userId, messageId: `${userId}/${name}` },
    traits: { name, email: `${userId}@example.com` },
    context: { consent: { categoryPreferences: { analytics: true, 'marketing-email': true } } },
  };
  await collect(ctx, { kind: 'server', store, key: SUPPORT, country: 'DE' }, { events: [event] });
}

/** Does one deed. `version`: of the request as whoever acts saw it. Throws what the functions throw. */
export async function act(ctx: GateCtx, person: Person, { kind }: Life, deed: Deed, version: number) {
  const { store, customer, request: id } = person;
  if (deed === 'correct') return tell(ctx, person, 'Put right');
  if (deed === 'ask')
    return createRequest(ctx, { author: actor(store, 'support'), customer, kind, channel: 'letter', id });
  if (deed === 'ask-own') {
    const author = { type: 'customer', store } as const;
    return createRequest(ctx, { author, customer, kind, channel: 'center', proof: 'signed-in', id });
  }
  return stepRequest(ctx, {
    ...{
      id,
      version,
      step: deed,
      author: actor(store, BY_SUPPORT.includes(deed) ? 'support' : 'privacy-officer'),
    },
    ...(deed === 'prove' ? { proof: 'document' as const } : {}),
    ...(deed === 'extend' ? { because: 'complex' as const } : {}),
    ...(deed === 'refuse' ? { because: 'nothing-held' as const } : {}),
    ...(deed === 'fulfil' && kind === 'correction' ? { fields: ['identity.name'] } : {}),
  });
}
