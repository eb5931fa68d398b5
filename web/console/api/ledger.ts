/** The ledger: its signed checkpoint, its keys, and one entry with its proof. */
import type { Static } from 'typebox';
import type { EntryAnswer, KeysAnswer } from '../../../contract/ledger.ts';
import { CallError, call } from './call.ts';

export type Entry = Static<typeof EntryAnswer>;

/** @throws CallError */
export async function readLedger(): Promise<{ note: string; readAt: string }> {
  const response = await fetch('/ledger/checkpoint', { cache: 'no-store' }).catch(() => null);
  if (response === null) throw new CallError({ code: 'offline', message: '', requestId: null }, 0);
  if (!response.ok)
    throw new CallError({ code: 'ledger_unavailable', message: '', requestId: null }, response.status);
  return { note: await response.text(), readAt: new Date().toISOString() };
}
export const ledgerKeys = () => call<Static<typeof KeysAnswer>>('GET', '/ledger/keys');
export const readEntry = (index: number) => call<Entry>('GET', `/api/ledger/entries/${index}`);
