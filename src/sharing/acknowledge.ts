/** A recipient says what it did. Believed by its signature alone; whatever is wrong, the answer is the same. */
import type { Outcome } from '../../contract/recipients.ts';
import type { GateCtx } from '../gate/context.ts';
import { recordDefinition } from '../gate/record-definition.ts';
import { BaileeError } from '../platform/errors.ts';
import { markConfirmed, type RecipientRow, readDelivery, readRecipient } from '../vault/recipients.ts';
import { callbackToken, type RecipientSecrets } from './message.ts';
import { recipientSecrets } from './recipients.ts';
import { heldSignature, isSame } from './signing.ts';

export interface Acknowledgement {
  /** Of the message. */
  readonly id: string;
  readonly body: string;
  readonly timestamp: unknown;
  readonly signature: unknown;
  readonly authorization: unknown;
}

/** Takes the place of a recipient that does not exist, so that the clock tells nothing. */
const NOBODYS: RecipientSecrets = { secret: `whsec_${'A'.repeat(43)}=`, authorization: null };

/** Throws `bad_signature`, and for signed ones `bad_request`. The last word counts, but `done` stays done. */
export async function acknowledge(ctx: GateCtx, given: Acknowledgement): Promise<void> {
  const delivery = await readDelivery(ctx.db, given.id);
  const recipient = delivery === null ? null : await readRecipient(ctx.db, delivery.recipient_id);
  const secrets = recipient === null ? null : await recipientSecrets(ctx, ctx.db, recipient);
  const signature = signatureOf(ctx, given, recipient, secrets ?? NOBODYS);
  if (delivery === null || recipient === null || secrets === null || signature === null)
    throw new BaileeError('bad_signature', 'No recipient of this message signed this answer.');
  const outcome = outcomeIn(given.body);
  // It is under way; nothing is confirmed yet.
  if (outcome === null) return;
  await ctx.db.transaction(async (tx) => {
    const row = await readDelivery(tx, given.id, true);
    if (row === null || row.state === 'confirmed') return;
    const at = new Date(ctx.clock.now());
    const timestamp = typeof given.timestamp === 'string' ? given.timestamp : '';
    // What they signed is kept word for word only where it is a word of ours, and nobody's data.
    const said = JSON.stringify({ message: given.id, timestamp, outcome, body: plainBody(given.body) });
    await markConfirmed(tx, { id: given.id, outcome, said, signature, at });
    const { id, store_id: store } = recipient;
    const details = { step: 'acknowledged', subject: given.id, outcome };
    await recordDefinition(ctx, tx, { kind: 'partner', actor: { type: 'recipient', id, store }, details });
  });
}

/** What holds, of their signatures; for the Ketch forwarder also the header that its callback was given. */
function signatureOf(
  ctx: GateCtx,
  { id, body, timestamp, signature, authorization }: Acknowledgement,
  recipient: RecipientRow | null,
  { secret }: RecipientSecrets,
): string | null {
  const envelope = { id, timestamp: typeof timestamp === 'string' ? timestamp : '', body };
  const signer = { secret, key: recipient?.verify_key ?? null };
  const held = heldSignature(envelope, signature, signer, ctx.clock.now());
  if (held !== null || recipient?.protocol !== 'ketch' || typeof authorization !== 'string') return held;
  return isSame(authorization, `Bearer ${callbackToken(secret, id)}`) ? 'callback' : null;
}

const SAYS: Readonly<Record<string, Outcome | null>> = {
  done: 'done',
  'nothing-held': 'nothing-held',
  refused: 'refused',
  // OpenDSR §8, and the Ketch forwarder.
  completed: 'done',
  cancelled: 'refused',
  denied: 'refused',
  pending: null,
  in_progress: null,
};

/** `outcome` in our shape, `request_status` in OpenDSR's, `event.status` in Ketch's. Throws `bad_request`. */
function outcomeIn(body: string): Outcome | null {
  const said = parsed(body) as {
    readonly outcome?: unknown;
    readonly request_status?: unknown;
    readonly event?: { readonly status?: unknown };
  } | null;
  const word = said?.outcome ?? said?.request_status ?? said?.event?.status;
  if (typeof word !== 'string' || !Object.hasOwn(SAYS, word))
    throw new BaileeError('bad_request', 'The answer says no outcome that is known here.', {
      outcomes: ['done', 'nothing-held', 'refused'],
    });
  return SAYS[word]!;
}

function plainBody(body: string): string | null {
  return /^\{"outcome": ?"(done|nothing-held|refused)"\}$/.test(body) ? body : null;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
