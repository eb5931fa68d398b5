/** The ports of a node, with a fault at one call: before it took effect, after it, or the end of the process. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { BaileeError } from '../../src/platform/errors.ts';
import type { RootProvider } from '../../src/platform/key-ports.ts';
import type { Clock, Database, Random, Rows, Statement, Transaction } from '../../src/platform/ports.ts';
import type { Lane, Scheduler } from './scheduler.ts';

/** The kinds of operation whose port calls are counted apart. */
export const KINDS = ['collect', 'open', 'merge', 'erase', 'rotate', 'choose', 'sequence', 'sweep'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * `fail` the call throws · `retry` the database asks to start over · `crash` the node is gone, the process
 * stays (many schedules a second) · `kill` SIGKILL to the own process.
 */
export type Mode = 'fail' | 'retry' | 'crash' | 'kill';

export interface Fault {
  /** `<kind> <port call>`, as `siteOf` names it. */
  readonly site: string;
  /** The how manyeth call at this site. */
  readonly nth: number;
  readonly mode: Mode;
  readonly when: 'before' | 'after';
}

export const operation = new AsyncLocalStorage<Kind>();

/** Names the port calls that a run makes, and strikes at the one it was told. */
export class Injector {
  readonly sites = new Set<string>();
  readonly #fault: Fault | null;
  readonly #scheduler: Scheduler;
  #count = 0;
  #armed = false;
  struck = false;

  constructor(fault: Fault | null, scheduler: Scheduler) {
    this.#fault = fault;
    this.#scheduler = scheduler;
  }

  /** Faults strike only between `arm()` and `disarm()`. */
  arm(): void {
    this.#armed = true;
  }

  disarm(): void {
    this.#armed = false;
  }

  /** Called when a call begins; answers what to do once it has taken effect. Throws the fault that comes before. */
  strike(call: string): () => void {
    if (this.#scheduler.dead) throw lost();
    const kind = operation.getStore();
    if (!this.#armed || kind === undefined) return () => this.#alive();
    const site = `${kind} ${call}`;
    this.sites.add(site);
    if (this.#fault?.site !== site) return () => this.#alive();
    this.#count += 1;
    if (this.#count !== this.#fault.nth) return () => this.#alive();
    if (this.#fault.when === 'before') this.#act(this.#fault);
    return () => {
      if (this.#fault?.when === 'after') this.#act(this.#fault);
      this.#alive();
    };
  }

  #alive(): void {
    if (this.#scheduler.dead) throw lost();
  }

  #act(fault: Fault): void {
    this.struck = true;
    if (fault.mode === 'kill') process.kill(process.pid, 'SIGKILL');
    if (fault.mode === 'crash') this.#scheduler.die();
    if (fault.mode === 'retry') throw Object.assign(new Error('injected: start over'), { code: '40001' });
    throw lost();
  }
}

/** As the driver tells that a connection broke. */
function lost(): Error {
  return Object.assign(new Error('injected: the connection was lost'), { code: '08006' });
}

function labelOf({ name, text }: Statement): string {
  return name ?? text.replaceAll(/\s+/g, ' ').trim().slice(0, 48);
}

export function faultyDatabase(inner: Database, scheduler: Scheduler, injector: Injector): Database {
  const call = async <T>(lane: Lane, name: string, act: () => Promise<T>): Promise<T> => {
    const turn = await scheduler.enter(lane);
    try {
      const after = injector.strike(name);
      const answer = await scheduler.answer(turn, act());
      after();
      return answer;
    } finally {
      scheduler.leave(turn);
    }
  };
  return {
    engine: inner.engine,
    close: async () => undefined,
    async query<Row>(statement: Statement): Promise<Rows<Row>> {
      const lane = scheduler.lane();
      try {
        return await call(lane, `query ${labelOf(statement)}`, () => inner.query<Row>(statement));
      } catch (error) {
        throw unavailable(error);
      } finally {
        scheduler.close(lane);
      }
    },
    async transaction(work) {
      const lane = scheduler.lane();
      try {
        await call(lane, 'begin', async () => undefined);
        return await committed(inner, scheduler, injector, lane, (tx) => {
          const own = faultyTransaction(tx, (name, act) => call(lane, name, act));
          return own.run(work);
        });
      } catch (error) {
        throw unavailable(error);
      } finally {
        scheduler.close(lane);
      }
    },
  };
}

/** Runs a transaction of the real database; its commit is a port call like any other. */
async function committed<T>(
  inner: Database,
  scheduler: Scheduler,
  injector: Injector,
  lane: Lane,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let after: () => void = () => undefined;
  scheduler.outside(1);
  try {
    const result = await inner.transaction(async (tx) => {
      scheduler.outside(-1);
      try {
        const done = await work(tx);
        const turn = await scheduler.enter(lane);
        try {
          after = injector.strike('commit');
        } finally {
          scheduler.leave(turn);
        }
        return done;
      } finally {
        scheduler.outside(1);
      }
    });
    after();
    return result;
  } finally {
    scheduler.outside(-1);
  }
}

type Call = <T>(name: string, act: () => Promise<T>) => Promise<T>;

/** A transaction that is lost with the first of its calls that fails, whoever waits for that call. */
function faultyTransaction(tx: Transaction, call: Call) {
  let broken: { readonly error: unknown } | undefined;
  const sent: Promise<unknown>[] = [];
  const send = <Row>(name: string, statement: Statement): Promise<Rows<Row>> => {
    const answer = call(name, async () => {
      if (broken !== undefined) throw broken.error;
      return tx.query<Row>(statement);
    });
    const noted = answer.catch((error: unknown) => {
      broken ??= { error };
      throw broken.error;
    });
    noted.catch(() => undefined);
    sent.push(noted);
    return noted;
  };
  const own: Transaction = {
    query: (statement) => send(`query ${labelOf(statement)}`, statement),
    later: (statement) => void send(`later ${labelOf(statement)}`, statement),
  };
  return {
    async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      try {
        const result = await work(own);
        await Promise.all(sent);
        return result;
      } finally {
        await Promise.allSettled(sent);
      }
    },
  };
}

function unavailable(error: unknown): unknown {
  if (!isInjected(error) || error instanceof BaileeError) return error;
  return new BaileeError('database_unavailable', 'The database cannot be reached.', undefined, error);
}

/** True when an error is, or was caused by, a fault of ours. */
export function isInjected(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at.message.startsWith('injected')) return true;
  return false;
}

export function faultyRoot(inner: RootProvider, scheduler: Scheduler, injector: Injector): RootProvider {
  const call = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const lane = scheduler.lane();
    const turn = await scheduler.enter(lane);
    try {
      const after = injector.strike(name);
      const answer = await scheduler.answer(turn, act());
      after();
      return answer;
    } finally {
      scheduler.leave(turn);
      scheduler.close(lane);
    }
  };
  const now = <T>(name: string, act: () => T): T => {
    const after = injector.strike(name);
    const answer = act();
    after();
    return answer;
  };
  return {
    kind: inner.kind,
    currentEpoch: () => inner.currentEpoch(),
    epochs: () => inner.epochs(),
    epochKey: (epoch) => now('root epochKey', () => inner.epochKey(epoch)),
    signingSeed: (purpose) => now('root signingSeed', () => inner.signingSeed(purpose)),
    advance: () => call('root advance', () => inner.advance()),
    refresh: () => call('root refresh', () => inner.refresh()),
    destroy: (epoch) => call('root destroy', () => inner.destroy(epoch)),
  };
}

export function faultyRandom(inner: Random, injector: Injector): Random {
  const now = <T>(name: string, act: () => T): T => {
    const after = injector.strike(name);
    const answer = act();
    after();
    return answer;
  };
  return {
    bytes: (length) => now('random bytes', () => inner.bytes(length)),
    id: () => now('random id', () => inner.id()),
  };
}

export function faultyClock(inner: Clock, injector: Injector): Clock {
  return {
    now() {
      const after = injector.strike('clock now');
      const answer = inner.now();
      after();
      return answer;
    },
  };
}
