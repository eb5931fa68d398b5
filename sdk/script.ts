/**
 * What `<script src="/sdk/bailee.js" data-write-key="…">` runs. Calls that a page made before stand as
 * `[name, ...arguments]` in an array under the global's name; later pushes run at once.
 */
import { optionsOf } from './options.ts';
import { start } from './start.ts';

const options = optionsOf(document.currentScript as HTMLScriptElement);
const page = window as unknown as Record<string, unknown>;
const name = options.global ?? 'bailee';
const early = page[name];
const bailee = start(options) as unknown as Record<string, (...args: unknown[]) => unknown>;
const push = ([method, ...args]: [string, ...unknown[]]) => bailee[method]?.(...args);

page[name] = { ...bailee, push };
if (Array.isArray(early)) early.forEach(push);
