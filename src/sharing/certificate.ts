/** Who was told, who confirmed what, and who did not: signed by the key of the receipts. */
import type { Caller } from '../gate/actor.ts';
import type { GateCtx } from '../gate/context.ts';
import { canonical } from '../ledger/leaf.ts';
import { signatureLine } from '../ledger/note.ts';
import { signerOf } from '../ledger/signer.ts';
import { BaileeError } from '../platform/errors.ts';
import { deliveriesAbout } from '../vault/recipients.ts';

const READERS = ['privacy-officer', 'auditor'];

/** About one request, or one erasure. Nobody told: an empty list, and complete. Throws `forbidden`. */
export async function certify(
  ctx: GateCtx,
  actor: Caller,
  about: { readonly request: string | null; readonly erasure: string | null },
) {
  if (!READERS.includes(actor.role))
    throw new BaileeError('forbidden', 'Your role may not do this.', { roles: READERS });
  const rows = await deliveriesAbout(ctx.db, actor.store, about);
  const signer = signerOf(ctx, 'receipt');
  const unsigned = {
    type: 'bailee-recipients-certificate/v1' as const,
    about,
    at: new Date(ctx.clock.now()).toISOString(),
    // Of whom they know nothing, there is nothing to confirm.
    complete: rows.every(({ state }) => state === 'confirmed' || state === 'not-known'),
    recipients: rows.map((row) => ({
      recipient: row.recipient_id,
      ...{ name: row.name, message: row.id, about: row.kind, state: row.state },
      toldAt: row.delivered_at?.toISOString() ?? null,
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
      ...{ outcome: row.outcome, said: row.said, signature: row.signature },
    })),
    vkey: signer.vkey,
  };
  return { ...unsigned, signature: signatureLine(`${canonical(unsigned)}\n`, signer) };
}
