/**
 * How fast one caller may find and open (OWASP ASVS 5.0, 2.4.1). Counted in this process, second by second, so that it
 * costs an opening no round trip: two nodes let through twice as much. A call is counted before it is judged; one that
 * is refused for its pace is not counted, so whoever waits as told gets in.
 */
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Edge, Server } from './edge.ts';
import type { Principal } from './principal.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route finds customers or opens something of one; so many a minute and caller. */
    paced?: Paced;
  }
}

type Paced = 'find' | 'open';

/** For a route's `config`. */
export const FINDS = { paced: 'find' } as const;
export const OPENS = { paced: 'open' } as const;

const WINDOW_SECONDS = 60;
const SECOND_MS = 1000;
/** Two calls that are less than a window apart stand in so many neighboring seconds. */
const SLOTS = WINDOW_SECONDS + 1;

/** The calls of the last minute, by the second in which they came. */
interface Window {
  readonly counts: Uint32Array;
  total: number;
  second: number;
}

/** Counts calls by name. Holds `mostNames` windows at most: a name that finds no room waits. */
export class Pace {
  readonly #windows = new Map<string, Window>();
  readonly #mostNames: number;

  constructor(mostNames = 20_000) {
    this.#mostNames = mostNames;
  }

  get size(): number {
    return this.#windows.size;
  }

  /**
   * Counts a call of `name`, unless it made `most` in the last minute. In no 60 seconds are more than `most` counted.
   * @returns 0 when counted, else the seconds after which a call is counted again
   */
  take(name: string, most: number, now: number): number {
    const second = Math.floor(now / SECOND_MS);
    const window = this.#windowOf(name, second);
    if (window === null) return 1;
    moveTo(window, second);
    if (window.total >= most) return secondsToWait(window, now);
    window.counts[window.second % SLOTS]! += 1;
    window.total += 1;
    return 0;
  }

  #windowOf(name: string, second: number): Window | null {
    const known = this.#windows.get(name);
    if (known !== undefined) return known;
    if (this.#windows.size >= this.#mostNames) this.#dropIdle(second);
    if (this.#windows.size >= this.#mostNames) return null;
    const window: Window = { counts: new Uint32Array(SLOTS), total: 0, second };
    this.#windows.set(name, window);
    return window;
  }

  #dropIdle(second: number): void {
    for (const [name, window] of this.#windows)
      if (second - window.second >= SLOTS) this.#windows.delete(name);
  }
}

/** Forgets the seconds that are over. A clock that goes back stands still. */
function moveTo(window: Window, second: number): void {
  const steps = Math.min(second - window.second, SLOTS);
  for (let step = 1; step <= steps; step += 1) {
    const slot = (window.second + step) % SLOTS;
    window.total -= window.counts[slot]!;
    window.counts[slot] = 0;
  }
  window.second = Math.max(window.second, second);
}

/** Until the oldest second with a call is over. */
function secondsToWait({ counts, second }: Window, now: number): number {
  let oldest = second - WINDOW_SECONDS;
  while (oldest < second && counts[oldest % SLOTS] === 0) oldest += 1;
  return Math.max(1, Math.ceil(((oldest + SLOTS) * SECOND_MS - now) / SECOND_MS));
}

/** Holds back who finds or opens too much, by person or key, before anything is read. Throws `too_many_openings`. */
export function holdBack(server: Server, { app: { ctx } }: Edge): void {
  const pace = new Pace();
  server.addHook('onRequest', async ({ principal, routeOptions }: FastifyRequest) => {
    const { paced } = routeOptions.config;
    if (paced === undefined || principal === null) return;
    if (principal.kind !== 'person' && principal.kind !== 'api') return;
    const limit = limitOf(ctx.config, principal, paced);
    const seconds = pace.take(`${paced}/${principal.kind}/${principal.id}`, limit, ctx.clock.now());
    if (seconds === 0) return;
    const what = paced === 'find' ? 'searches' : 'openings';
    throw new BaileeError(
      'too_many_openings',
      `These were too many ${what} for a minute. Come again in ${seconds} seconds.`,
      { limit, seconds },
    );
  });
}

function limitOf(config: Config, { kind }: Principal, paced: Paced): number {
  if (kind === 'person') return paced === 'find' ? config.findsPerMinute : config.openingsPerMinute;
  return paced === 'find' ? config.keyFindsPerMinute : config.keyOpeningsPerMinute;
}
