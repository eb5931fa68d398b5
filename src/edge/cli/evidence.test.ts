import { describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import { evidenceOf, idOf, whoOf } from './evidence.ts';
import { EXIT } from './exit.ts';

const usage = { exit: EXIT.usage };

describe('who is meant, and on what evidence', () => {
  it('takes one kind of evidence or none', () => {
    expect(evidenceOf({ case: 'T-1', purpose: 'customer-service' })).toEqual({ case: 'T-1' });
    expect(evidenceOf({})).toBeNull();
    expect(() => evidenceOf({ case: 'T-1', order: '1' })).toThrowError(expect.objectContaining(usage));
  });

  it('takes an id or one identifier, and an order or case given as evidence names its customer', () => {
    expect(whoOf(['c-1'], {})).toEqual({ id: 'c-1', identifier: null });
    expect(whoOf([], { email: 'a@example.org' }).identifier).toEqual({
      kind: 'email',
      value: 'a@example.org',
    });
    expect(whoOf([], { case: 'T-1' }).identifier).toEqual({ kind: 'case', value: 'T-1' });
    expect(whoOf([], { email: 'a@example.org', case: 'T-1' }).identifier?.kind).toBe('email');
    for (const [words, values] of [
      [[], {}],
      [['c-1', 'c-2'], {}],
      [['c-1'], { email: 'a@example.org' }],
      [[], { email: 'a@example.org', phone: '1' }],
    ] as const)
      expect(() => whoOf(words, values)).toThrowError(expect.objectContaining(usage));
  });

  it('looks nobody up when the id is given', async () => {
    const nobody = { request: () => Promise.reject(new Error('asked')) } as unknown as Client;
    const ask = { key: 'k', purpose: 'customer-service', evidence: null };
    expect(await idOf(nobody, { id: 'c-1', identifier: null }, ask)).toBe('c-1');
  });

  it('says that nobody goes by an identifier', async () => {
    const empty = { request: async () => ({ customers: [] }) } as unknown as Client;
    const who = { id: null, identifier: { kind: 'email', value: 'a@example.org' } };
    await expect(
      idOf(empty, who, { key: 'k', purpose: 'customer-service', evidence: null }),
    ).rejects.toMatchObject({
      exit: EXIT.failed,
    });
  });
});
