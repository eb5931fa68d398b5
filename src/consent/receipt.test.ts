import { Value } from 'typebox/value';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONSENT_RECEIPT_EXAMPLES, ConsentReceipt } from '../../contract/consent-receipt.ts';
import { testGate, testStore } from '../../test/kit/gate.ts';
import { registerKeys } from '../ledger/keys.ts';
import { signerOf } from '../ledger/signer.ts';
import { verifyReceipt } from '../ledger/verify/receipt.ts';
import { consentReceipt } from './receipt.ts';
import { refuseUnknown } from './refuse-unknown.ts';

type Json = Record<string, unknown>;
let receipt: Json;
let vkeys: string[];
beforeAll(async () => {
  const ctx = await testGate();
  await ctx.db.transaction((tx) => registerKeys(ctx, tx));
  const store = await testStore(ctx);
  vkeys = [signerOf(ctx, 'ledger').vkey, signerOf(ctx, 'receipt').vkey];
  receipt = await receiptOf(ctx, store.id);
});

/** Of a choice, made as the rooms above make it: this room's functions alone. */
async function receiptOf(ctx: Awaited<ReturnType<typeof testGate>>, store: string): Promise<Json> {
  const changes = [
    { purpose: 'analytics' as const, state: 'refused' as const },
    { purpose: 'marketing-phone' as const, channel: 'whatsapp', state: 'refused' as const },
  ];
  const recorded = await ctx.db.transaction((tx) =>
    refuseUnknown(ctx, tx, store, changes, { place: 'banner', region: 'DE', regimes: ['EU-GDPR'] }),
  );
  return (await consentReceipt(ctx, { ...recorded, index: recorded.index! })) as unknown as Json;
}

describe('a receipt of a choice', () => {
  it('has the shape that is published, and so have its examples', () => {
    expect([...Value.Errors(ConsentReceipt, receipt)]).toEqual([]);
    for (const example of CONSENT_RECEIPT_EXAMPLES)
      expect([...Value.Errors(ConsentReceipt, example)]).toEqual([]);
  });

  it('holds offline, with nothing but the keys that were published', () => {
    expect(verifyReceipt(receipt, vkeys)).toMatchObject({ ok: true, shows: { kind: 'refusal' } });
    expect(verifyReceipt(receipt, vkeys.slice(0, 1)).ok).toBe(false);
  });

  it('fails when the standard’s words are changed, taken away or added to', () => {
    const bad = [
      { ...receipt, pii_principal_id: 'somebody' },
      { ...receipt, events: [] },
      { ...receipt, jurisdiction: ['US-STATES'] },
      { ...receipt, more: true },
      (({ parties: _parties, ...rest }) => rest)(receipt as { parties?: unknown }),
    ];
    for (const each of bad) expect(verifyReceipt(each, vkeys).ok).toBe(false);
  });
});
