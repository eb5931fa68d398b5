import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NECESSARY_PURPOSES, OPTIONAL_PURPOSES, PURPOSES, type Purpose } from '../../contract/names.ts';
import { admit } from './admit.ts';
import { BUILT_IN } from './rules.ts';
import type { CustomerFacts } from './types.ts';

describe('what is open when an event arrives', () => {
  it('a product view by someone who was never asked is not collected', () => {
    expect(admit(['analytics', 'personalization'], {}).open).toEqual([]);
  });

  it('a product view is collected for the purpose that was granted and for no other', () => {
    expect(
      admit(['analytics', 'personalization'], { analytics: 'granted', personalization: 'refused' }).open,
    ).toEqual(['analytics']);
  });

  it('an order is collected for its delivery whatever the choices say', () => {
    const choices = Object.fromEntries(PURPOSES.map((purpose) => [purpose, 'refused' as const]));
    expect(admit(['order-fulfilment', 'analytics', 'legal-duty'], choices).open).toEqual([
      'order-fulfilment',
      'legal-duty',
    ]);
  });

  it('every necessary purpose is open without a choice, and no optional one', () => {
    expect(admit(PURPOSES, {}).open).toEqual([...NECESSARY_PURPOSES]);
  });

  it('a name that is no purpose is never open', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'curiosity', '']) {
      const choices = JSON.parse(`{"${name}":"granted"}`);
      expect(admit([name as Purpose], choices).open).toEqual([]);
    }
  });

  it('an inherited choice is no choice', () => {
    expect(admit(['analytics'], Object.create({ analytics: 'granted' })).open).toEqual([]);
  });

  it('under the rules of a place, a purpose may be open until a refusal, and an interest needs its balancing', () => {
    const rule = BUILT_IN.purposes.get('analytics')!;
    const rules = {
      ...BUILT_IN,
      purposes: new Map([
        ['analytics', { ...rule, choice: 'until-refused' }],
        ['advertising', rule],
        ['fraud-prevention', { ...rule, choice: 'none', balancing: true }],
      ] as const),
    };
    const open = (choices: CustomerFacts['choices'], balanced: readonly Purpose[] = []) =>
      admit(['analytics', 'advertising', 'fraud-prevention', 'research'], choices, { rules, balanced }).open;
    expect(open({})).toEqual(['analytics']);
    expect(open({ analytics: 'refused', advertising: 'granted' })).toEqual(['advertising']);
    expect(open({ analytics: 'perhaps' as 'granted' })).toEqual([]);
    expect(open({}, ['fraud-prevention'])).toEqual(['analytics', 'fraud-prevention']);
  });

  it('less consent never opens more', () => {
    const some = fc.subarray([...OPTIONAL_PURPOSES]);
    fc.assert(
      fc.property(fc.subarray([...PURPOSES]), some, some, (purposes, granted, withdrawn) => {
        const grant = (list: readonly Purpose[]) =>
          Object.fromEntries(list.map((purpose) => [purpose, 'granted' as const]));
        const before = admit(purposes, grant(granted)).open;
        const after = admit(purposes, grant(granted.filter((each) => !withdrawn.includes(each)))).open;
        return after.every((purpose) => before.includes(purpose));
      }),
    );
  });
});
