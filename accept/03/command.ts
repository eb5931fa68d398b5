/** Runs `bailee` as a person would, and waits for its end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BAILEE = fileURLToPath(new URL('../../../src/bailee.mjs', import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export async function bailee(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [BAILEE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [exit] = (await once(child, 'close')) as [number | null];
  return { exit, out, err };
}
