/** When an event happened, by a clock that can be trusted. */

/** A day, or a moment; without an offset it is read as UTC, never as the time zone of this machine. */
const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const FURTHEST_MS = 8.64e15;

export interface Stamps {
  /** The sender's clock when it happened. */
  readonly original: readonly unknown[];
  /** The sender's clock when it sent; the first that is a time counts. */
  readonly sentAt: readonly unknown[];
  /** UTC milliseconds. */
  readonly receivedAt: number;
}

/**
 * UTC milliseconds, never after `receivedAt`: receivedAt − (sentAt − original), so that the sender's clock
 * cancels out (Segment's rule). Without an original it happened when it was received. Null: what was given is no time.
 */
export function occurred({ original, sentAt, receivedAt }: Stamps): number | null {
  if (original.every((each) => each === undefined || each === null)) return receivedAt;
  const at = firstInstant(original);
  if (at === null) return null;
  const sent = firstInstant(sentAt);
  const corrected = sent === null ? at : receivedAt - (sent - at);
  return Math.min(Math.max(Math.trunc(corrected), 0), receivedAt);
}

function firstInstant(values: readonly unknown[]): number | null {
  for (const value of values) {
    const time = instant(value);
    if (time !== null) return time;
  }
  return null;
}

/** ISO 8601, or epoch milliseconds as a number. */
function instant(value: unknown): number | null {
  if (typeof value === 'number') return Math.abs(value) < FURTHEST_MS ? value : null;
  if (typeof value !== 'string') return null;
  // The events of a batch tell the same moments again and again.
  if (value !== last.text) last = { text: value, time: parsed(value) };
  return last.time;
}

let last: { readonly text: string; readonly time: number | null } = { text: '', time: null };

function parsed(text: string): number | null {
  const found = ISO.exec(text.trim());
  if (found === null) return null;
  const plain = found[0].replace(' ', 'T').replace(',', '.');
  const time = Date.parse(plain.length === 10 || found[1] !== undefined ? plain : `${plain}Z`);
  return Number.isNaN(time) ? null : time;
}
