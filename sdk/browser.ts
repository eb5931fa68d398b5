/** `bailee/browser`: for pages that bundle the SDK themselves. */
import type { Options } from './options.ts';
import { type Bailee, start } from './start.ts';

export type { Bailee } from './start.ts';

/** Starts the SDK. A browser write key is public; a server key must never stand here. */
export function startBailee(options: Options): Bailee {
  return start(options);
}
