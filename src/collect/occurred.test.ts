import { describe, expect, it } from 'vitest';
import { occurred } from './occurred.ts';

const receivedAt = Date.UTC(2026, 10, 22, 9);
const at = (original: unknown, sentAt: unknown = undefined) =>
  occurred({ original: [original], sentAt: [sentAt], receivedAt });
const hour = 3_600_000;

describe('when an event happened', () => {
  it('is free of the error of the sender’s clock', () => {
    expect(at('2031-01-01T00:00:00.000Z', '2031-01-01T00:00:05.000Z')).toBe(receivedAt - 5000);
    expect(at('1999-01-01T00:00:00Z', '1999-01-01T01:00:00Z')).toBe(receivedAt - hour);
    expect(at(1_000, 3_000)).toBe(receivedAt - 2000);
  });

  it('is what the sender says when it does not say when it sent, or says it in a way nobody can read', () => {
    expect(at('2026-11-22T08:00:00Z')).toBe(receivedAt - hour);
    for (const garbage of ['soon', '', {}, [], true, Number.NaN, '2026-13-40T99:00:00Z'])
      expect(at('2026-11-22T08:00:00Z', garbage)).toBe(receivedAt - hour);
    expect(
      occurred({ original: ['2026-11-22T08:00:00Z'], sentAt: ['?', '2026-11-22T08:30:00Z'], receivedAt }),
    ).toBe(receivedAt - hour / 2);
  });

  it('is when it was received, when nothing is said', () => {
    expect(at(undefined)).toBe(receivedAt);
    expect(at(null, '2026-11-22T08:00:00Z')).toBe(receivedAt);
  });

  it('is never in the future, and never before 1970', () => {
    expect(at('2999-01-01')).toBe(receivedAt);
    expect(at('2026-11-22T08:00:00Z', '2026-11-22T07:00:00Z')).toBe(receivedAt);
    expect(at(-1e15)).toBe(0);
  });

  it('is read as UTC without an offset, whatever the time zone of the machine', () => {
    expect(at('2026-11-22T08:00:00')).toBe(receivedAt - hour);
    expect(at('2026-11-22 08:00')).toBe(receivedAt - hour);
    expect(at('2026-11-22T09:00:00+01:00')).toBe(receivedAt - hour);
    expect(at('2026-11-22T08:00:00.123456789Z')).toBe(receivedAt - hour + 123);
  });

  it('is not guessed from a text that is no time', () => {
    for (const garbage of [
      'yesterday',
      'foo 5',
      '1',
      '',
      {},
      [],
      true,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '2026-02-31x',
    ])
      expect(at(garbage)).toBeNull();
    expect(occurred({ original: ['?', '2026-11-22T08:00:00Z'], sentAt: [], receivedAt })).toBe(
      receivedAt - hour,
    );
  });
});
