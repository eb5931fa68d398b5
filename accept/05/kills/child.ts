/** A process that goes through the life of a request and ends itself at one call. Each deed is told before the next begins. */
import { writeSync } from 'node:fs';
import { openInstallation } from '../../crash/installation.ts';
import { type Counter, counted, type Kill } from './calls.ts';
import { act, LIVES, type Person } from './life.ts';
import { nodeOf, versionOf } from './node.ts';

interface Order {
  readonly url: string;
  readonly folder: string;
  readonly seed: number;
  readonly life: number;
  readonly person: Person;
  /** The deed in which it ends. */
  readonly at: number;
  readonly kill: Kill;
}

const { url, folder, seed, life, person, at, kill } = JSON.parse(process.argv[2] ?? '{}') as Order;
const installation = await openInstallation(url, false, folder);
const counter: Counter = { calls: 0, kill: null };
const { ctx, moveTo } = await nodeOf(installation, `${seed}/killed`, (db) => counted(db, counter));
const { deeds } = LIVES[life]!;
for (const [nth, deed] of deeds.entries()) {
  const version = await versionOf(installation, person.request);
  moveTo(nth);
  counter.calls = 0;
  counter.kill = nth === at ? kill : null;
  await act(ctx, person, LIVES[life]!, deed, version);
  writeSync(1, `${JSON.stringify({ done: nth })}\n`);
}
