/** The process of one schedule, which ends itself at the fault. Every line is in the parent's hands before the next step. */
import { writeSync } from 'node:fs';
import type { Line } from './history.ts';
import { openInstallation } from './installation.ts';
import { play } from './play.ts';
import type { Fault } from './ports.ts';

interface Order {
  readonly url: string;
  readonly folder: string;
  readonly seed: number;
  readonly fault: Fault;
}

const { url, folder, seed, fault } = JSON.parse(process.argv[2] ?? '{}') as Order;
const installation = await openInstallation(url, false, folder);
await play(installation, seed, fault, (line: Line) => writeSync(1, `${JSON.stringify(line)}\n`));
// The fault's place was never reached: it ends after the last answer, no less suddenly.
process.kill(process.pid, 'SIGKILL');
