import { describe, expect, it } from 'vitest';
import { dateReader, isDatePattern, isTimeZone } from './import-dates.ts';

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

describe('dates of a file', () => {
  it('are read as ISO 8601 when the mapping names no format', () => {
    const read = dateReader(null, 'UTC');
    expect(iso(read('2010-12-01 08:26:00'))).toBe('2010-12-01T08:26:00.000Z');
    expect(iso(read('2010-12-01'))).toBe('2010-12-01T00:00:00.000Z');
    expect(iso(read('2010-12-01T08:26:00.123Z'))).toBe('2010-12-01T08:26:00.000Z');
    expect(iso(read('2010-12-01T08:26:00+05:30'))).toBe('2010-12-01T02:56:00.000Z');
  });

  it('are read by the format that the mapping names', () => {
    expect(iso(dateReader('M/D/YYYY H:mm', 'UTC')('12/1/2010 8:26'))).toBe('2010-12-01T08:26:00.000Z');
    expect(iso(dateReader('DD.MM.YYYY', 'UTC')('24.12.2025'))).toBe('2025-12-24T00:00:00.000Z');
  });

  it('stand on the wall clock of their time zone, summer and winter', () => {
    const london = dateReader(null, 'Europe/London');
    expect(iso(london('2011-01-10 10:00:00'))).toBe('2011-01-10T10:00:00.000Z');
    expect(iso(london('2011-07-10 10:00:00'))).toBe('2011-07-10T09:00:00.000Z');
    const kolkata = dateReader(null, 'Asia/Kolkata');
    expect(iso(kolkata('2011-07-10 10:00:00'))).toBe('2011-07-10T04:30:00.000Z');
  });

  it('take the first of an hour that comes twice, and the next of one that is skipped', () => {
    const berlin = dateReader(null, 'Europe/Berlin');
    expect(iso(berlin('2025-10-26 02:30:00'))).toBe('2025-10-26T00:30:00.000Z');
    expect(iso(berlin('2025-03-30 02:30:00'))).toBe('2025-03-30T01:30:00.000Z');
    expect(iso(berlin('2025-03-30 03:30:00'))).toBe('2025-03-30T01:30:00.000Z');
  });

  it('are refused when no calendar has them', () => {
    const read = dateReader(null, 'UTC');
    for (const text of ['', 'soon', '2010-02-30', '2010-13-01', '2010-12-01 25:00', '01/12/2010'])
      expect(read(text)).toBeNull();
  });

  it('need a format with year, month and day, each once', () => {
    expect(isDatePattern('YYYY-MM-DD')).toBe(true);
    expect(isDatePattern('MM-DD')).toBe(false);
    expect(isDatePattern('YYYY YYYY MM DD')).toBe(false);
  });

  it('need a time zone that exists', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
  });
});
