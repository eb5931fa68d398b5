import { describe, expect, it } from 'vitest';
import { ACTS, type Act, STRENGTHS } from '../../../contract/center.ts';
import { actsOf, needStrength } from './strengths.ts';

describe('what a sign-in opens', () => {
  it('is nothing less for the stronger one', () => {
    const acts = STRENGTHS.map(actsOf);
    for (const [at, weaker] of acts.slice(1).entries())
      expect(acts[at]).toEqual(expect.arrayContaining(weaker));
  });

  it.each(['see', 'looks', 'choose', 'tags', 'correct', 'download', 'erase'] satisfies Act[])(
    '%s asks for more than an order',
    (act) => {
      expect(() => needStrength('order', act)).toThrow(
        expect.objectContaining({ code: 'step_up_required', details: { needs: 'code' } }),
      );
      for (const strength of ['signed-in', 'code'] as const)
        expect(() => needStrength(strength, act)).not.toThrow();
    },
  );

  it('by an order is to see masks, to say no and to ask', () => {
    expect(actsOf('order')).toEqual(['see-masked', 'refuse', 'ask']);
    expect(actsOf('signed-in')).toEqual([...ACTS]);
  });
});
