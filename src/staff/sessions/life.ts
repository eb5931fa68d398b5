/** How long a session lasts (OWASP ASVS 5.0, 7.3): half an hour without use, a working day at most. */
export const IDLE_MS = 30 * 60_000;
export const WHOLE_MS = 10 * 3_600_000;
/** Between the first factor and the second. */
export const PARTIAL_MS = 5 * 60_000;
/** How long a new proof opens sensitive fields. */
export const STEPPED_UP_MS = 10 * 60_000;

/** When a session that began at `started` and is used `now` ends. */
export function lifeOf(started: Date, now: number): Date {
  return new Date(Math.min(now + IDLE_MS, started.getTime() + WHOLE_MS));
}
