import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchQueue, type Outcome } from './queue.ts';

interface Gate {
  readonly inputs: readonly number[];
  readonly finish: () => void;
  readonly fail: (error: Error) => void;
}

/** A queue whose batches end when the test says so. A member's result is its input times ten. */
function heldQueue() {
  const gates: Gate[] = [];
  const queue = new BatchQueue<number, number>(
    (inputs) =>
      new Promise((resolve, reject) => {
        const finish = () => resolve(inputs.map((value) => ({ value: value * 10 })));
        gates.push({ inputs, finish, fail: reject });
      }),
  );
  return { queue, gates };
}

const turn = () => new Promise<void>((wake) => setImmediate(wake));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe('the queue of openings', () => {
  it('starts at once: the first comer waits for nobody', () => {
    const { queue, gates } = heldQueue();
    void queue.add(1);
    expect(gates.map(({ inputs }) => inputs)).toEqual([[1]]);
  });

  it('gathers what comes while a batch runs into the next batch, in order, one batch at a time', async () => {
    const { queue, gates } = heldQueue();
    const answers = [queue.add(0)];
    for (const value of range(1, 6)) answers.push(queue.add(value));
    await turn();
    expect(gates).toHaveLength(1);
    gates[0]!.finish();
    await turn();
    expect(gates.map(({ inputs }) => inputs)).toEqual([[0], [1, 2, 3, 4, 5]]);
    answers.push(queue.add(6));
    gates[1]!.finish();
    await turn();
    expect(gates[2]!.inputs).toEqual([6]);
    gates[2]!.finish();
    expect(await Promise.all(answers)).toEqual([0, 10, 20, 30, 40, 50, 60]);
  });

  it('puts at most 32 into one batch', async () => {
    const { queue, gates } = heldQueue();
    const answers = range(0, 1 + 32 + 32 + 3).map((value) => queue.add(value));
    for (let batch = 0; batch < 4; batch += 1) {
      gates[batch]!.finish();
      await turn();
    }
    expect(gates.map(({ inputs }) => inputs.length)).toEqual([1, 32, 32, 3]);
    expect(gates.flatMap(({ inputs }) => inputs)).toEqual(range(0, 68));
    expect(await Promise.all(answers)).toEqual(range(0, 68).map((value) => value * 10));
  });

  it('starts again after it was idle, and when an answer itself asks again', async () => {
    const sizes: number[] = [];
    const queue = new BatchQueue<number, number>(async (inputs) => {
      sizes.push(inputs.length);
      return inputs.map((value) => ({ value: value + 1 }));
    });
    expect(await queue.add(1)).toBe(2);
    await turn();
    expect(await queue.add(await queue.add(3))).toBe(5);
    expect(sizes).toEqual([1, 1, 1]);
  });

  it('gives each member its own error and its neighbors their results', async () => {
    const queue = new BatchQueue<number, number>(async (inputs) =>
      inputs.map(
        (value): Outcome<number> => (value % 2 === 0 ? { value } : { error: new Error(`no ${value}`) }),
      ),
    );
    const settled = await Promise.allSettled(range(0, 5).map((value) => queue.add(value)));
    expect(
      settled.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message)),
    ).toEqual([0, 'no 1', 2, 'no 3', 4]);
  });

  it('tells a result that is undefined or null from an error', async () => {
    const queue = new BatchQueue<null | undefined, null | undefined>(async (inputs) =>
      inputs.map((value) => ({ value })),
    );
    expect(await Promise.all([queue.add(undefined), queue.add(null)])).toEqual([undefined, null]);
  });

  it('tries the members of a failing batch one by one, in order, so that one does not fail the others', async () => {
    const { queue, gates } = heldQueue();
    const answers = range(0, 5).map((value) => queue.add(value));
    const settled = Promise.allSettled(answers);
    gates[0]!.finish();
    await turn();
    gates[1]!.fail(new Error('the batch'));
    await turn();
    expect(gates[2]!.inputs).toEqual([1]);
    gates[2]!.finish();
    await turn();
    gates[3]!.fail(new Error('the second alone'));
    await turn();
    const late = queue.add(5);
    for (const at of [4, 5, 6]) {
      gates[at]!.finish();
      await turn();
    }
    expect(gates.map(({ inputs }) => inputs)).toEqual([[0], [1, 2, 3, 4], [1], [2], [3], [4], [5]]);
    expect(await late).toBe(50);
    expect(
      (await settled).map((each) =>
        each.status === 'fulfilled' ? each.value : (each.reason as Error).message,
      ),
    ).toEqual([0, 10, 'the second alone', 30, 40]);
  });

  it('hands the error on when the work throws before it begins, and goes on with the next', async () => {
    let broken = true;
    const queue = new BatchQueue<number, number>((inputs) => {
      if (broken) throw new Error('not even begun');
      return Promise.resolve(inputs.map((value) => ({ value })));
    });
    await expect(queue.add(1)).rejects.toThrow('not even begun');
    broken = false;
    expect(await queue.add(2)).toBe(2);
  });

  it('loses no caller and mixes up no answer, however callers come and batches fail', async () => {
    const arrivals = fc.array(fc.record({ pause: fc.boolean(), bad: fc.boolean() }), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 5 }), async (callers, every) => {
        let batches = 0;
        let running = 0;
        const queue = new BatchQueue<{ at: number; bad: boolean }, number>(async (inputs) => {
          expect(++running).toBe(1);
          batches += 1;
          const failing = inputs.length > 1 && batches % every === 0;
          await turn();
          running -= 1;
          if (failing) throw new Error('the batch');
          return inputs.map(({ at, bad }) => (bad ? { error: new Error(`${at}`) } : { value: at }));
        });
        const answers: Promise<number>[] = [];
        for (const [at, { pause, bad }] of callers.entries()) {
          if (pause) await turn();
          const answer = queue.add({ at, bad });
          answer.catch(() => undefined);
          answers.push(answer);
        }
        for (const [at, each] of (await Promise.allSettled(answers)).entries()) {
          if (callers[at]!.bad)
            expect(each).toMatchObject({ status: 'rejected', reason: { message: `${at}` } });
          else expect(each).toEqual({ status: 'fulfilled', value: at });
        }
      }),
      { numRuns: 60 },
    );
  });
});
