import { describe, expect, it } from 'vitest';
import type { ChoiceHow, ChoiceRow } from '../vault/choices.ts';
import { signalStands } from './signal.ts';

type Said = readonly [purpose: ChoiceRow['purpose'], how: ChoiceHow];

const stands = (...said: readonly Said[]) =>
  signalStands(
    said.map(([purpose, how], at) => ({
      customer_id: 'a',
      id: `0${at}`,
      purpose,
      channel: null,
      state: how === 'signal' ? 'refused' : 'granted',
      how,
      received_at: new Date(at),
      by_parent: false,
    })),
  );

describe('Global Privacy Control', () => {
  it('stands while it is the last word on advertising and on sharing', () => {
    expect(stands()).toBe(false);
    expect(stands(['advertising', 'chosen'], ['advertising', 'signal'], ['partner-sharing', 'signal'])).toBe(
      true,
    );
  });

  it('no longer shuts all, once the person chose for themselves after it', () => {
    expect(stands(['advertising', 'signal'], ['partner-sharing', 'signal'], ['advertising', 'chosen'])).toBe(
      false,
    );
  });
});
