/** Events wait here, in memory, until a grant is recorded; without one they never leave and end with the page. */
import type { Consent } from './consent.ts';
import type { Wire } from './wire.ts';

const AFTER_MS = 500;
const AT_ONCE = 50;
const MOST_WAITING = 500;
const MOST_RETRIES = 4;

interface Waiting {
  readonly event: object;
  readonly done: (() => void) | undefined;
}

export interface Queue {
  /** `done` is called once the server has the event. */
  add(event: object, done?: () => void): void;
  clear(): void;
  /** Sends what waits, if anything is granted. */
  flush(leaving?: boolean): Promise<void>;
}

export function makeQueue(wire: Wire, consent: Consent): Queue {
  let waiting: Waiting[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = 0;

  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  };

  async function flush(leaving = false): Promise<void> {
    const kept = consent.kept();
    if (!kept || !Object.values(kept.choices).includes(true) || !waiting[0]) return;
    const batch = waiting.splice(0, AT_ONCE);
    try {
      await wire.send(
        batch.map(({ event }) => ({ ...event, anonymousId: kept.anonymousId })),
        leaving,
      );
      failed = 0;
      for (const { done } of batch) done?.();
    } catch (error) {
      // What the server refuses is not sent again; the ids of the messages keep a repetition from counting twice.
      if (typeof error === 'number' && error < 500 && error !== 429) return;
      if (failed++ < MOST_RETRIES) waiting.unshift(...batch);
      return later(AFTER_MS * 4 ** failed);
    }
    return flush(leaving);
  }

  addEventListener('pagehide', () => flush(true));

  return {
    flush,
    clear() {
      waiting = [];
    },
    add(event, done) {
      waiting = [...waiting, { event, done }].slice(-MOST_WAITING);
      later(AFTER_MS);
    },
  };
}
