/** What needs a new proof of who is there: asked for when the server says so, and then sent again. */
import { CallError } from './call.ts';

let ask: () => Promise<boolean> = async () => false;

/** `react` answers true once the proof is given, false when it was not. */
export function onProofNeeded(react: () => Promise<boolean>): void {
  ask = react;
}

/** @throws CallError */
export async function proved<Answer>(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'step_up_required' || !(await ask())) throw error;
    return send();
  }
}
