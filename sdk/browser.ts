/** `bailee/browser`: for pages that bundle the SDK themselves. */
import type { Bailee } from './calls.ts';
import type { Options } from './options.ts';
import { start } from './start.ts';

export type { Bailee, Choices, Properties } from './calls.ts';
export type { Options } from './options.ts';

/** Starts the SDK. A browser write key is public; a server key must never stand here. */
export function startBailee(options: Options): Bailee {
  return start(options);
}
