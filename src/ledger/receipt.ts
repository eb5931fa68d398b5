/** Receipts: what a customer can take home and check without us. */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { checkpoint } from './checkpoint.ts';
import { type CanonicalEntry, canonical, opens } from './leaf.ts';
import { signatureLine } from './note.ts';
import { proveInclusion } from './prove.ts';
import { signerOf } from './signer.ts';
import { readLeaves } from './sql.ts';
import { HASH_BYTES } from './tree.ts';

const PROOF_HEADER = 'c2sp.org/tlog-proof@v1';

export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

export interface Receipt {
  readonly type: 'bailee-receipt/v1' | 'bailee-consent-receipt/v1';
  /** What happened: `erasure`, `choice` … */
  readonly kind: string;
  readonly entry: CanonicalEntry;
  /** 32 bytes in base64: opens the commitment in the leaf. */
  readonly salt: string;
  /** A `.tlog-proof`. */
  readonly proof: string;
  /** The key that signed, for finding it; believe only keys you got elsewhere. */
  readonly vkey: string;
  /**
   * Signature lines of a signed note. Its text is the canonical JSON (RFC 8785) of the receipt
   * without this member, and a newline.
   */
  readonly signature: string;
}

/** The text of a `.tlog-proof` (c2sp.org/tlog-proof). */
export function formatProof({ index, hashes, checkpoint: signed }: TlogProof): string {
  const lines = [PROOF_HEADER, `index ${index}`, ...hashes.map((hash) => hash.toString('base64'))];
  return `${lines.join('\n')}\n\n${signed}`;
}

/** Reads a `.tlog-proof`; extra data is passed over. Throws `bad_request` when it is not one. */
export function parseProof(text: string): TlogProof {
  const border = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(border, 0)).split('\n');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, decimal = ''] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? [];
  const index = Number(decimal);
  const hashes = lines.map((line) => Buffer.from(line, 'base64'));
  const whole = hashes.every(
    (hash, at) => hash.length === HASH_BYTES && hash.toString('base64') === lines[at],
  );
  if (header !== PROOF_HEADER || decimal === '' || !Number.isSafeInteger(index) || !whole) {
    throw new BaileeError('bad_request', 'This is not a proof of a log (c2sp.org/tlog-proof@v1).');
  }
  return { index, hashes, checkpoint: text.slice(border + 2) };
}

/** What a receipt of a standard's shape says beside the entry; signed with it. */
export interface ReceiptShape {
  readonly type: Receipt['type'];
  readonly members: CanonicalEntry;
}

/**
 * The signed receipt of an entry that is committed (see `checkpoint`: call it after the commit).
 * Throws `internal` when entry and salt do not open the leaf at `index`: a wrong receipt is never signed.
 */
export async function makeReceipt(
  ctx: Pick<Ctx, 'config' | 'root'>,
  tx: Tx,
  input: { index: number; entry: CanonicalEntry; salt: Buffer; kind: string; shape?: ReceiptShape },
): Promise<Receipt> {
  const { index, entry, salt, kind, shape } = input;
  const leaf = (await readLeaves(tx, [index])).get(index);
  if (leaf === undefined || !opens(leaf, entry, salt)) {
    throw new BaileeError('internal', 'The ledger does not hold this entry at this index.', { index });
  }
  const signed = await checkpoint(ctx, tx);
  const hashes = await proveInclusion(ctx, tx, index, signed.size);
  const signer = signerOf(ctx, 'receipt');
  const unsigned = {
    ...shape?.members,
    type: shape?.type ?? 'bailee-receipt/v1',
    kind,
    entry,
    salt: salt.toString('base64'),
    proof: formatProof({ index, hashes, checkpoint: signed.text }),
    vkey: signer.vkey,
  } as const;
  return { ...unsigned, signature: signatureLine(`${canonical(unsigned)}\n`, signer) };
}
