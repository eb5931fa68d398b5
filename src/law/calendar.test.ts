import { describe, expect, it } from 'vitest';
import { addSpan, anchorDay, isDate, isDay, localHour } from './calendar.ts';

describe('the calendar of the law', () => {
  it('a month ends on the day of the same number, or on the last of a shorter month', () => {
    const month = { count: 1, unit: 'months' } as const;
    expect(addSpan('2026-03-15', month)).toBe('2026-04-15');
    expect(addSpan('2026-01-31', month)).toBe('2026-02-28');
    expect(addSpan('2028-01-31', month)).toBe('2028-02-29');
    expect(addSpan('2026-12-31', month)).toBe('2027-01-31');
  });

  it('a month is not 30 days', () => {
    expect(addSpan('2026-01-31', { count: 30, unit: 'days' })).toBe('2026-03-02');
  });

  it('years keep the day, and 29 February becomes 28', () => {
    expect(addSpan('2024-02-29', { count: 3, unit: 'years' })).toBe('2027-02-28');
  });

  it('business days pass over weekends and over the holidays that are told', () => {
    const three = { count: 3, unit: 'business-days' } as const;
    expect(addSpan('2026-11-20', three)).toBe('2026-11-25');
    expect(addSpan('2026-11-20', three, ['2026-11-23'])).toBe('2026-11-26');
  });

  it('hours count from the moment, over midnight and month', () => {
    expect(addSpan('2026-01-30T10:00Z', { count: 72, unit: 'hours' })).toBe('2026-02-02T10:00Z');
    expect(addSpan('2026-01-30', { count: 24, unit: 'hours' })).toBe('2026-01-31T00:00Z');
  });

  it('a period from the end of the year starts on 31 December', () => {
    expect(anchorDay('2026-03-15', 'end-of-calendar-year')).toBe('2026-12-31');
    expect(anchorDay('2026-03-15', 'delivery')).toBe('2026-03-15');
  });

  it('days that do not exist are no days', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('26-02-01')).toBe(false);
    expect(isDate('2026-02-30T10:00Z')).toBe(false);
    expect(isDate('2026-02-28T10:00Z')).toBe(true);
  });

  it('hours of the day are those of the place', () => {
    expect(localHour('2026-11-25T11:59Z', 'Asia/Seoul')).toEqual({ hour: 20, weekday: 3 });
    expect(localHour('2026-07-05T22:30Z', 'Europe/Paris')).toEqual({ hour: 0, weekday: 1 });
  });
});
