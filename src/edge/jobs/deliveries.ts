/** Messages to recipients, each on its own way: one that nobody answers keeps no other waiting. */
import type { GateCtx } from '../../gate/context.ts';
import { deliver, takeMessages } from '../../sharing/deliver.ts';
import { type Loop, startLoop } from './loop.ts';

const EVERY_MS = 1_000;
/** On their way at one time, from this node. */
const MOST = 32;

export function startDeliveries(ctx: GateCtx, onError: (error: unknown) => void): Loop {
  const going = new Set<Promise<void>>();
  const loop = startLoop({
    work: async () => {
      const taken = going.size < MOST ? await takeMessages(ctx, MOST - going.size) : [];
      for (const message of taken) {
        const one = deliver(ctx, message)
          .catch(onError)
          .finally(() => going.delete(one));
        going.add(one);
      }
      return false;
    },
    everyMs: EVERY_MS,
    onError,
  });
  return {
    async stop() {
      await loop.stop();
      // Each is given up within seconds, or answered.
      await Promise.all(going);
    },
  };
}
