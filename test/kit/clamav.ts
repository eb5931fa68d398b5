/** The real clamd, with one signature of our own: that of the EICAR test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EICAR } from './clamd.ts';

const BINARY = '/usr/sbin/clamd';
const READY_WITHIN_MS = 20_000;
export const SIGNATURE = 'Eicar-Own-Signature';

/** Whether there is one at all; `BAILEE_NO_SKIP` in `.ci/run` makes a missing one a failure. */
export const clamav = existsSync(BINARY);
export const CLAMAV_REASON = 'needs ClamAV (apt-get install --no-install-recommends clamav-daemon)';

/** A scanner that takes files of up to 1 MB. */
export async function startClamav(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-clamav-'));
  const path = join(folder, 'clamd.ctl');
  mkdirSync(join(folder, 'signatures'));
  writeFileSync(
    join(folder, 'signatures', 'own.ndb'),
    `${SIGNATURE}:0:*:${Buffer.from(EICAR).toString('hex')}\n`,
  );
  writeFileSync(
    join(folder, 'clamd.conf'),
    `Foreground yes
LocalSocket ${path}
DatabaseDirectory ${join(folder, 'signatures')}
TemporaryDirectory ${folder}
StreamMaxLength 1M
`,
  );
  const child = spawn(BINARY, ['-c', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  const until = Date.now() + READY_WITHIN_MS;
  while (!existsSync(path)) {
    if (Date.now() > until || child.exitCode !== null) throw new Error('clamd does not start');
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return {
    url: `unix://${path}`,
    async stop() {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await exit;
}
