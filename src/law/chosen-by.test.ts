import { describe, expect, it } from 'vitest';
import { chosenBy, type SaidBy } from './chosen-by.ts';

type Said = readonly [at: number, by: SaidBy['by'], state: SaidBy['state'], channel?: string];

const by = (said: readonly Said[], channel?: string) =>
  chosenBy(
    said.map(([receivedAt, who, state, on]) => ({
      customerId: 'a',
      purpose: 'marketing-email',
      channel: on ?? null,
      state,
      how: 'chosen',
      receivedAt,
      id: `0${receivedAt}`,
      by: who,
    })),
    channel,
  )['marketing-email'];

describe('who made a choice', () => {
  it('is the customer, or the parent who chose for them', () => {
    expect(by([])).toBeUndefined();
    expect(by([[1, 'self', 'granted']])).toBe('self');
    expect(by([[1, 'parent', 'granted']])).toBe('parent');
  });

  it('is both, where a child and a parent agreed, in any order of the rows', () => {
    const said: Said[] = [
      [1, 'parent', 'granted'],
      [2, 'self', 'granted'],
      [3, 'parent', 'granted'],
    ];
    expect(by(said)).toBe('both');
    expect(by([...said].reverse())).toBe('both');
  });

  it('is the child alone, when the child says yes after a refusal', () => {
    expect(
      by([
        [1, 'parent', 'granted'],
        [2, 'parent', 'refused'],
        [3, 'self', 'granted'],
      ]),
    ).toBe('self');
    expect(
      by([
        [1, 'parent', 'granted'],
        [2, 'self', 'refused'],
      ]),
    ).toBeUndefined();
  });

  it('is not the parent, where the parent agreed to another channel alone', () => {
    const said: Said[] = [
      [1, 'self', 'granted'],
      [2, 'parent', 'granted', 'recipient:mailer'],
    ];
    expect(by(said)).toBe('self');
    expect(by(said, 'recipient:mailer')).toBe('both');
    expect(by([[1, 'parent', 'granted', 'email']])).toBe('parent');
  });
});
