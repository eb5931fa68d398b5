import { describe, expect, it } from 'vitest';
import { changeView, readView } from '../../web/console/cases/table-state.ts';
import { type OptionWords, optionText } from '../../web/console/customer/caller-words.ts';
import { readTab } from '../../web/console/customer/tabs.ts';
import { cleaned, kindOf } from '../../web/console/find/kind-of.ts';
import { forgetGrounds, groundFor, handOver, keepGround, takeOver } from '../../web/console/ground.ts';
import { readRequestsView } from '../../web/console/requests/view.ts';

describe('a view of the cases in its address', () => {
  it('is read as it was written', () => {
    const view = { status: 'waiting', kind: 'complaint', assignee: 'me', sort: 'created' };
    expect(readView(view)).toEqual(view);
  });

  it('holds nothing that cannot be: an address is typed by anyone', () => {
    expect(
      readView({ status: 'gone', kind: ['complaint'], assignee: 'ann@example.com', script: '<b>', topic: 7 }),
    ).toEqual({});
  });

  it('leaves out what goes without saying', () => {
    expect(readView({ sort: 'due' })).toEqual({});
    expect(changeView({ kind: 'complaint', topic: 'return' }, 'kind', '')).toEqual({ topic: 'return' });
  });

  it('has a tab of a customer, and the timeline without one', () => {
    expect([readTab({ tab: 'looked' }), readTab({ tab: 'timeline' }), readTab({ tab: 'x' })]).toEqual([
      { tab: 'looked' },
      {},
      {},
    ]);
  });
});

describe('a view of the requests in its address', () => {
  it('keeps kind and state, and no state that what is shown cannot have', () => {
    const view = { show: 'ended', kind: 'erasure', state: 'refused' };
    expect(readRequestsView(view)).toEqual(view);
    expect(readRequestsView({ show: 'open', state: 'refused', kind: 'theft' })).toEqual({});
    expect(readRequestsView({ state: 'received' })).toEqual({ state: 'received' });
  });
});

describe('what somebody typed', () => {
  it.each([
    ['1217', 'order'],
    ['M-9F31AA02', 'order'],
    ['T-634', 'case'],
    ['#1042', 'case'],
    ['ann@example.com', 'email'],
    ['+49 40 66969 216', 'phone'],
    ['0171/2345678', 'phone'],
    ['138 0013 8000', 'phone'],
  ] as const)('%s is taken for the likeliest: %s', (text, kind) => {
    expect(kindOf(` ${text} `)).toBe(kind);
  });

  it('loses what people write before a number', () => {
    expect([cleaned('case', ' #1042'), cleaned('case', 'Case 7'), cleaned('order', '#1217')]).toEqual([
      '1042',
      '7',
      '1217',
    ]);
  });
});

describe('why a customer is opened', () => {
  it('is forgotten with the person who said it', () => {
    keepGround('c', { purpose: 'customer-service', evidence: { kind: 'order', value: '1217' } });
    handOver({ kind: 'email', value: 'ann@example.com' });
    expect(groundFor('c')?.evidence?.value).toBe('1217');
    forgetGrounds();
    expect([groundFor('c'), takeOver()]).toEqual([null, null]);
  });

  it('is handed over once', () => {
    handOver({ kind: 'order', value: '1217' });
    expect([takeOver()?.value, takeOver()]).toEqual(['1217', null]);
  });
});

describe('what a caller may answer', () => {
  const words: OptionWords = {
    month: (number) => `month ${number}`,
    money: (amount, currency) => `${currency} ${amount}`,
    orMore: (amount) => `${amount} or more`,
  };
  it.each([
    ['last-order-month', '11', 'month 11'],
    ['last-order-amount', '20-50 EUR', 'EUR 20 – EUR 50'],
    ['last-order-amount', '100000+ JPY', 'JPY 100000 or more'],
    ['orders-this-year', '3-4', '3 – 4'],
    ['orders-this-year', '10+', '10 or more'],
    ['orders-this-year', '0', '0'],
    ['postal-code-end', '07', '… 07'],
    ['birthday-day', '09', '9'],
  ] as const)('to %s, %s is said as %s', (question, option, said) => {
    expect(optionText(question, option, words)).toBe(said);
  });
});
