/** `npm run screens`, as a script that judges by it runs it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where the pictures are. */
export const SCREENS = join(ROOT, 'docs/screens');

export interface RanScreens {
  readonly code: number | null;
  /** The last line that it said. */
  readonly said: string;
}

/** Renews all pictures. */
export async function runScreens(): Promise<RanScreens> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/accept/screens.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part) => {
    said += part;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said.trim().split('\n').at(-1) ?? '' };
}
