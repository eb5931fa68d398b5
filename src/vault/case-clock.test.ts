import { describe, expect, it } from 'vitest';
import { CASE_PRIORITIES } from '../../contract/cases.ts';
import { waitsAndDue } from './case-clock.ts';

const HOUR = 3_600_000;
const hours = (kind: 'inquiry' | 'complaint' | 'feedback') =>
  CASE_PRIORITIES.map(
    (priority) => waitsAndDue({ kind, priority, status: 'open', since: 0 }).due_at!.getTime() / HOUR,
  );

describe('the service level', () => {
  it('gives an inquiry and feedback three days, one day, eight hours or four, by priority', () => {
    expect(hours('inquiry')).toEqual([72, 24, 8, 4]);
    expect(hours('feedback')).toEqual(hours('inquiry'));
  });

  it('answers a complaint as if it were of the next higher priority', () => {
    expect(hours('complaint')).toEqual([24, 8, 4, 4]);
  });

  it('runs for new and open cases alone: what waits for the customer, or is done, is not due', () => {
    for (const status of ['waiting', 'solved', 'closed'] as const)
      expect(waitsAndDue({ kind: 'complaint', priority: 'urgent', status, since: 0 })).toEqual({
        waits_since: null,
        due_at: null,
      });
  });
});
