/** Verifies a receipt offline: with nothing but the receipt and the keys that were published. */
import { createHmac } from 'node:crypto';
import { CONSENT_MEMBERS, needAgreement } from './consent.ts';
import { hashLeaf, inclusionHolds } from './merkle.ts';
import { openCheckpoint, signersOf } from './note.ts';

export interface ReceiptReport {
  readonly ok: boolean;
  /** One sentence each; empty when the receipt holds. */
  readonly problems: string[];
  /** What the receipt shows; null when it does not hold. */
  readonly shows: {
    readonly kind: string;
    readonly entry: Record<string, unknown>;
    readonly origin: string;
    readonly index: number;
    readonly size: number;
  } | null;
}

const PLAIN = ['entry', 'kind', 'proof', 'salt', 'signature', 'type', 'vkey'];
/** By type. A receipt of consent also has what ISO/IEC TS 27560 names. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'bailee-receipt/v1': PLAIN,
  'bailee-consent-receipt/v1': [...PLAIN, ...CONSENT_MEMBERS],
};

/**
 * Checks that the entry opens the commitment at its index, that the log signed a tree holding it,
 * and that the installation signed the receipt. `vkeys`: keys of the log and of its receipts,
 * retired ones too. The key inside the receipt is not believed. Never throws.
 */
export function verifyReceipt(receipt: unknown, vkeys: readonly string[]): ReceiptReport {
  try {
    return { ok: true, problems: [], shows: check(receipt, vkeys) };
  } catch (error) {
    return { ok: false, problems: [(error as Error).message], shows: null };
  }
}

function check(receipt: unknown, vkeys: readonly string[]): NonNullable<ReceiptReport['shows']> {
  const { signature, ...signed } = members(receipt);
  const { entry, kind, proof, salt, type } = signed;
  if (typeof signature !== 'string' || typeof kind !== 'string') {
    throw new Error('This is not a receipt of Bailee.');
  }
  if (typeof proof !== 'string' || typeof salt !== 'string' || !isRecord(entry)) {
    throw new Error('The receipt is not whole.');
  }
  const { index, path, note } = readProof(proof);
  const tree = openCheckpoint(note, vkeys);
  if (!signersOf(`${canonicalJson(signed)}\n`, signature, vkeys).has(`${tree.origin}/receipts`)) {
    throw new Error("The receipt is not signed by the log's receipt key.");
  }
  const leaf = commitment(entry, salt);
  if (!inclusionHolds(index, tree.size, hashLeaf(leaf), path, tree.root)) {
    throw new Error('The log does not hold this entry at this index.');
  }
  if (type === 'bailee-consent-receipt/v1') needAgreement(signed, entry);
  return { kind, entry, origin: tree.origin, index, size: tree.size };
}

function members(receipt: unknown): Record<string, unknown> {
  const wanted = isRecord(receipt) && typeof receipt.type === 'string' ? MEMBERS[receipt.type] : undefined;
  if (!isRecord(receipt) || wanted === undefined) throw new Error('This is not a receipt of Bailee.');
  const names = Object.keys(receipt).sort();
  if (names.join() !== [...wanted].sort().join())
    throw new Error('The receipt has missing or unknown members.');
  return receipt;
}

function readProof(proof: string): { index: number; path: Buffer[]; note: string } {
  const [, index, path, note] =
    /^c2sp\.org\/tlog-proof@v1\n(?:extra [^\n]*\n)?index (0|[1-9][0-9]*)\n((?:[A-Za-z0-9+/]{43}=\n)*)\n([\s\S]+)$/.exec(
      proof,
    ) ?? [];
  if (index === undefined || path === undefined || note === undefined) {
    throw new Error('The proof in the receipt is malformed.');
  }
  const hashes = path.split('\n').slice(0, -1);
  return { index: Number(index), path: hashes.map((hash) => Buffer.from(hash, 'base64')), note };
}

function commitment(entry: Record<string, unknown>, salt: string): Buffer {
  const key = Buffer.from(salt, 'base64');
  if (key.length !== 32) throw new Error('The salt in the receipt is not 32 bytes.');
  const mac = createHmac('sha256', key).update(canonicalJson(entry)).digest('base64');
  return Buffer.from(`{"v":1,"c":"${mac}"}`);
}

/** RFC 8785 for values without fractions; anything else has no canonical text here. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (isRecord(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${canonicalJson(name)}:${canonicalJson(value[name])}`).join()}}`;
  }
  const plain = value === null || typeof value === 'boolean' || Number.isSafeInteger(value);
  const text = typeof value === 'string' && !/\p{Surrogate}/u.test(value);
  if (!plain && !text) throw new Error('The receipt holds a value that has no canonical form.');
  return JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
