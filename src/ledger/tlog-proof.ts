/** Proofs that travel with their checkpoint (c2sp.org/tlog-proof). */
import { BaileeError } from '../platform/errors.ts';
import { HASH_BYTES } from './tree.ts';

const PROOF_HEADER = 'c2sp.org/tlog-proof@v1';

export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
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
