import { beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../test/kit/context.ts';
import { append } from './append.ts';
import { canonical, commit } from './leaf.ts';
import { openNote, signatureLine } from './note.ts';
import { makeReceipt, type Receipt } from './receipt.ts';
import { signerOf } from './signer.ts';
import { formatProof, parseProof } from './tlog-proof.ts';
import { verifyReceipt } from './verify/receipt.ts';

const ctx = await testContext();
const salt = Buffer.alloc(32, 4);
const entry = { kind: 'erasure', at: 1_763_802_000_000, classes: ['identity', 'behavior'] };
const vkeys = [signerOf(ctx, 'ledger').vkey, signerOf(ctx, 'receipt').vkey];
let receipt: Receipt;

beforeAll(async () => {
  const filler = Array.from({ length: 300 }, (_, at) => Buffer.from(`entry ${at}`));
  await ctx.db.transaction((tx) => append(ctx, tx, [...filler, commit(entry, salt), ...filler]));
  receipt = await makeReceipt(ctx, ctx.db, { index: 300, entry, salt, kind: 'erasure' });
});

/** The same receipt with one member changed, through JSON as a customer would hold it. */
function altered(change: Partial<Record<keyof Receipt, unknown>>): unknown {
  return JSON.parse(JSON.stringify({ ...receipt, ...change }));
}

function faultsOf(
  change: Partial<Record<keyof Receipt, unknown>>,
  keys: readonly string[] = vkeys,
): string[] {
  const { ok, problems, shows } = verifyReceipt(altered(change), keys);
  expect(ok).toBe(false);
  expect(shows).toBeNull();
  return problems;
}

describe('a receipt', () => {
  it('verifies offline with the published keys, and shows what happened and where', () => {
    expect(verifyReceipt(altered({}), vkeys)).toEqual({
      ok: true,
      problems: [],
      shows: { kind: 'erasure', entry, origin: 'bailee.local/ledger', index: 300, size: 601 },
    });
  });

  it('holds a .tlog-proof that reads back, with the checkpoint verbatim', () => {
    const proof = parseProof(receipt.proof);
    expect(proof.index).toBe(300);
    expect(openNote(proof.checkpoint, vkeys)).toContain('\n601\n');
    expect(formatProof(proof)).toBe(receipt.proof);
    expect(parseProof(receipt.proof.replace('index', 'extra AAAA\nindex'))).toEqual(proof);
  });

  it('breaks when any part of it is changed', () => {
    expect(faultsOf({ entry: { ...entry, at: 1 } })).toEqual([expect.stringMatching(/signature/)]);
    expect(faultsOf({ kind: 'choice' })).toEqual([expect.stringMatching(/signature/)]);
    expect(faultsOf({ salt: Buffer.alloc(32, 3).toString('base64') })).toHaveLength(1);
    expect(faultsOf({ proof: receipt.proof.replace('index 300', 'index 299') })).toHaveLength(1);
    expect(faultsOf({ proof: receipt.proof.replace('\n601\n', '\n602\n') })).toHaveLength(1);
    expect(faultsOf({ proof: receipt.proof.replace(/index 300\n[^\n]+\n/, 'index 300\n') })).toHaveLength(1);
    expect(faultsOf({ vkey: vkeys[0] })).toHaveLength(1);
    expect(faultsOf({ type: 'bailee-receipt/v2' })).toEqual([expect.stringMatching(/not a receipt/)]);
    expect(faultsOf({ signature: '' })).toHaveLength(1);
    expect(verifyReceipt({ ...receipt, more: 1 }, vkeys).ok).toBe(false);
    expect(verifyReceipt(null, vkeys).ok).toBe(false);
  });

  it('is refused without the key of the log, without the key of receipts, or with keys of another', () => {
    expect(faultsOf({}, [vkeys[0]!])).toEqual(['None of the given keys signed.']);
    expect(faultsOf({}, [vkeys[1]!])).toEqual(['None of the given keys signed.']);
    expect(faultsOf({}, ['nonsense'])).toEqual([expect.stringMatching(/verifier key/)]);
    expect(faultsOf({}, [])).toHaveLength(1);
  });

  it('does not pass off an entry that the log never held, even signed by a known receipt key', () => {
    const root = { ...ctx.root, signingSeed: () => Buffer.alloc(32, 1) };
    const forger = signerOf({ ...ctx, root }, 'receipt');
    const { signature: _, ...unsigned } = { ...receipt, entry: { ...entry, at: 1 }, vkey: forger.vkey };
    const forged = { ...unsigned, signature: signatureLine(`${canonical(unsigned)}\n`, forger) };
    expect(verifyReceipt(forged, [vkeys[0]!, forger.vkey]).problems).toEqual([
      'The log does not hold this entry at this index.',
    ]);
  });

  it('is not made for an entry that the ledger does not hold there', async () => {
    for (const input of [
      { index: 299, entry, salt },
      { index: 9_999, entry, salt },
      { index: 300, entry: { ...entry, at: 1 }, salt },
      { index: 300, entry, salt: Buffer.alloc(32, 5) },
    ]) {
      await expect(makeReceipt(ctx, ctx.db, { ...input, kind: 'erasure' })).rejects.toThrow(/does not hold/);
    }
  });

  it('is not read from a text that is no proof', () => {
    for (const bad of ['', 'c2sp.org/tlog-proof@v2\nindex 1\n\nx', 'c2sp.org/tlog-proof@v1\nindex 01\n\nx']) {
      expect(() => parseProof(bad)).toThrow(/not a proof/);
    }
    expect(() => parseProof(receipt.proof.replace(/index 300\n./, 'index 300\n'))).toThrow(/not a proof/);
  });
});
