/** What a pass of a course is worth at a moment. */
import type { Course } from './catalog.ts';

const DAY = 86_400_000;
/** How long a pass is valid. */
export const VALID_DAYS = 365;
/** How long an older pass is good after a change of substance. */
export const GRACE_DAYS = 30;

export interface Pass {
  readonly course: string;
  /** Of the course that was passed; null: tried, never passed. */
  readonly version: number | null;
  readonly passedAt: Date | null;
  readonly until: Date | null;
}

/** @param now UTC milliseconds */
export function passState(
  course: Course,
  pass: Pass | undefined,
  now: number,
): 'missing' | 'valid' | 'expired' {
  const until = validUntil(course, pass);
  if (until === null) return 'missing';
  return now < until ? 'valid' : 'expired';
}

/** UTC milliseconds until which a pass counts: its own year, or the end of grace after a change of substance; null: none. */
export function validUntil({ substance }: Course, pass: Pass | undefined): number | null {
  if (pass === undefined || pass.version === null || pass.until === null) return null;
  const until = pass.until.getTime();
  if (pass.version >= substance.version) return until;
  return Math.min(until, substance.at + GRACE_DAYS * DAY);
}
