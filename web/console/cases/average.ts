/** What customers gave, as one number. */
import type { SatisfactionWeek } from '../api/cases.ts';

export interface Averaged {
  /** 1 to 5, to a tenth; null: nobody gave any. */
  readonly average: number | null;
  readonly rated: number;
  readonly cases: number;
}

export function averageOf(weeks: readonly SatisfactionWeek[]): Averaged {
  const given = weeks.flatMap((week) => week.given.map((count, at) => ({ count, grade: at + 1 })));
  const rated = given.reduce((sum, { count }) => sum + count, 0);
  const points = given.reduce((sum, { count, grade }) => sum + count * grade, 0);
  return {
    average: rated === 0 ? null : Math.round((points / rated) * 10) / 10,
    rated,
    cases: weeks.reduce((sum, week) => sum + week.cases, 0),
  };
}
