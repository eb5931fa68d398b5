import { describe, expect, it } from 'vitest';
import { startLoop } from './loop.ts';

function until(count: number) {
  let rounds = 0;
  let reached: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    reached = resolve;
  });
  return {
    done,
    rounds: () => rounds,
    round() {
      rounds += 1;
      if (rounds === count) reached();
    },
  };
}

describe('a loop', () => {
  it('goes on after an error, and tells it', async () => {
    const four = until(4);
    const errors: unknown[] = [];
    const work = async () => {
      four.round();
      if (four.rounds() < 3) throw new Error('the database is away');
      return false;
    };
    const loop = startLoop({ work, everyMs: 1, onError: (error) => errors.push(error) });
    await four.done;
    await loop.stop();
    expect(errors).toHaveLength(2);
  });

  it('goes on at once while there is more', async () => {
    const many = until(50);
    const work = async () => {
      many.round();
      return many.rounds() < 50;
    };
    const loop = startLoop({ work, everyMs: 3_600_000, onError: () => undefined });
    await many.done;
    await loop.stop();
    expect(many.rounds()).toBe(50);
  });

  it('finishes the round under way before it is stopped, and begins no other', async () => {
    let finish: () => void = () => undefined;
    let ended = false;
    const one = until(1);
    const work = async () => {
      one.round();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      ended = true;
      return true;
    };
    const loop = startLoop({ work, everyMs: 1, onError: () => undefined });
    const stopped = loop.stop();
    expect(ended).toBe(false);
    finish();
    await stopped;
    expect(ended).toBe(true);
    expect(one.rounds()).toBe(1);
  });
});
