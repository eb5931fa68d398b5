/**
 * Lets one port call go on at a time, chosen by the dice among all that wait. Before each choice everything
 * comes to rest: every call that was let go has been answered, or waits in the database for a lock that
 * another operation holds. Answers that come at once, when a lock is freed, are told one by one too. So the
 * same seed gives the same history.
 */
import type { Dice } from './dice.ts';

/** Calls that follow one another: a transaction, or a single statement. */
export interface Lane {
  readonly waiting: (() => void)[];
  /** The call that was let go and has not ended; one at a time while a schedule runs. */
  call: Call | null;
}

/** A call that was let go. */
export interface Call {
  readonly lane: Lane;
  answered: boolean;
  tell: () => void;
}

/** Statements that wait for locks, and whether some wait for one another: then the database ends one of them. */
export interface LockWaits {
  readonly count: number;
  readonly circle: boolean;
}

const STUCK_MS = 60_000;
/** Longer than the database takes to notice a circle of locks (`deadlock_timeout` of the installation). */
const CIRCLE_MS = 30;

export class Scheduler {
  readonly #dice: Dice;
  readonly #waitingForLocks: () => Promise<LockWaits>;
  readonly #lanes = new Set<Lane>();
  #active = false;
  #dead = false;
  /** When the last call was let go. */
  #moved = 0;
  /** Calls let go and not answered. */
  #underWay = 0;
  /** Of those, how many are known to wait for locks. */
  #blocked = 0;
  /** Work between calls that is not JavaScript alone: taking a connection, a commit, a look from outside. */
  #outside = 0;
  #wake: () => void = () => undefined;

  constructor(dice: Dice, waitingForLocks: () => Promise<LockWaits>) {
    this.#dice = dice;
    this.#waitingForLocks = waitingForLocks;
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** From here on no call goes on: the node is gone. */
  die(): void {
    this.#dead = true;
    for (const lane of this.#lanes) {
      for (const go of lane.waiting.splice(0)) go();
      lane.call?.tell();
    }
    this.#wake();
  }

  lane(): Lane {
    const lane: Lane = { waiting: [], call: null };
    this.#lanes.add(lane);
    return lane;
  }

  close(lane: Lane): void {
    this.#lanes.delete(lane);
  }

  /** Waits for its turn. Between runs everything has its turn at once. */
  async enter(lane: Lane): Promise<Call> {
    if (this.#active && !this.#dead) {
      await new Promise<void>((go) => {
        lane.waiting.push(go);
        this.#wake();
      });
    }
    const call = { lane, answered: false, tell: () => undefined };
    lane.call = call;
    this.#underWay += 1;
    return call;
  }

  /** The answer of a call, told when its turn has come. */
  async answer<T>(call: Call, asked: Promise<T>): Promise<T> {
    await asked.catch(() => undefined);
    this.#answered(call);
    if (this.#active && !this.#dead) {
      await new Promise<void>((tell) => {
        call.tell = tell;
        this.#wake();
      });
    }
    return asked;
  }

  #answered(call: Call): void {
    if (call.answered) return;
    call.answered = true;
    this.#underWay -= 1;
    this.#blocked = Math.min(this.#blocked, this.#underWay);
  }

  leave(call: Call): void {
    this.#answered(call);
    if (call.lane.call === call) call.lane.call = null;
    this.#wake();
  }

  /** Nothing is chosen while this is not balanced. */
  outside(change: 1 | -1): void {
    this.#outside += change;
    if (change < 0) this.#wake();
  }

  async track<T>(work: Promise<T>): Promise<T> {
    this.outside(1);
    try {
      return await work;
    } finally {
      this.outside(-1);
    }
  }

  /** Runs `work`, and lets its port calls go on one by one until it ends. */
  async run(work: () => Promise<void>): Promise<void> {
    this.#active = true;
    let ended = false;
    const all = work().finally(() => {
      ended = true;
      this.#wake();
    });
    all.catch(() => undefined);
    this.#moved = performance.now();
    for (;;) {
      await this.#rest();
      // A call may outlive the operation that made it; what it holds must be let go.
      if (ended && this.#lanes.size === 0) break;
      const told = [...this.#lanes].find(({ call }) => call?.answered)?.call;
      const ready = [...this.#lanes].filter((lane) => lane.waiting.length > 0 && lane.call === null);
      if (told || ready.length > 0) {
        if (told) told.tell();
        else this.#dice.pick(ready).waiting.shift()?.();
        this.#moved = performance.now();
      } else {
        await this.#nudged(5);
        this.#notStuck();
      }
    }
    this.#active = false;
    await all;
  }

  async #rest(): Promise<void> {
    for (;;) {
      this.#notStuck();
      // Twice: what an operation put off to the next turn of the loop comes first.
      await new Promise((turn) => setImmediate(turn));
      await new Promise((turn) => setImmediate(turn));
      if (this.#outside > 0 || filesInWork()) await this.#nudged(1);
      else if (this.#underWay === 0) return;
      else if (this.#underWay > this.#blocked && (await this.#nudged(4))) continue;
      else if (await this.#allBlocked()) return;
      else await this.#nudged(2);
    }
  }

  #notStuck(): void {
    if (performance.now() - this.#moved < STUCK_MS) return;
    this.die();
    throw new Error('the schedule is stuck');
  }

  async #allBlocked(): Promise<boolean> {
    if ((await this.#waitingForLocks()).count < this.#underWay) return false;
    if (this.#underWay > this.#blocked) {
      // Whoever began to wait has looked for a circle by then: the one that closes it is the one that ends.
      await new Promise((later) => setTimeout(later, CIRCLE_MS));
      const waits = await this.#waitingForLocks();
      if (this.#outside > 0 || waits.circle || waits.count < this.#underWay) return false;
      this.#blocked = this.#underWay;
    }
    return this.#outside === 0;
  }

  /** True when something moved, false when `ms` have passed. */
  #nudged(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}

/** Files are no port: whoever writes the journal is waited for. */
function filesInWork(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(FSReq|CloseReq)/.test(name));
}
