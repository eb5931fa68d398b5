/** The process itself, as an operator starts it. Run from the build, which `npm test` makes first. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bailee-test-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

/** Embedded engine, no demo, any free port, unless `env` says otherwise. */
function bailee(args: string[], env: Record<string, string> = {}): Started {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH, BAILEE_DATA: join(folder, 'data'), BAILEE_DEMO: 'false', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (part) => {
      text += part;
    });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said: () => text, ended };
}

async function served(started: Started): Promise<{ url: string; token: string; pid: number }> {
  while (!started.said().includes('Bailee serves at')) {
    if (started.child.exitCode !== null) throw new Error(started.said());
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return JSON.parse(readFileSync(join(folder, 'data', 'run.json'), 'utf8'));
}

describe('the process', () => {
  it('says every fault of the configuration in a sentence, and ends with 2', async () => {
    const { ended, said } = bailee(['start'], { PORT: 'many', BAILEE_DATTA: 'x' });
    expect(await ended).toBe(2);
    expect(said().trim().split('\n')).toEqual([
      'BAILEE_DATTA is not a setting of Bailee; check its spelling.',
      'PORT must be a whole number from 0 to 65535.',
    ]);
    const named = bailee(['start'], { BAILEE_CONFIG: 'nowhere.yaml' });
    expect(await named.ended).toBe(2);
    writeFileSync(join(folder, 'bailee.yaml'), 'colour: red\n');
    const odd = bailee(['start']);
    expect(await odd.ended).toBe(2);
    expect(odd.said()).toContain('colour in bailee.yaml is not a setting of Bailee');
  });

  it('shows its commands, and refuses what is none', async () => {
    const help = bailee(['--help']);
    expect(await help.ended).toBe(0);
    expect(help.said()).toContain('verify');
    expect(await bailee(['frobnicate']).ended).toBe(2);
    expect(await bailee(['open', '--nothing']).ended).toBe(2);
  });

  it('leaves run.json to this user alone while it runs, and stops cleanly at SIGTERM', async () => {
    const started = bailee(['start']);
    const run = await served(started);
    expect(run).toMatchObject({
      pid: started.child.pid,
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(statSync(join(folder, 'data', 'run.json')).mode & 0o777).toBe(0o600);
    expect((await fetch(`${run.url}/ready`)).status).toBe(200);
    expect(started.said()).toContain('trial engine');
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect(existsSync(join(folder, 'data', 'run.json'))).toBe(false);
    expect(existsSync(join(folder, 'data', 'lock'))).toBe(false);
  });

  it('finishes what it accepted when it is told to stop: every answered order is there afterwards', async () => {
    const started = bailee(['start']);
    const { url } = await served(started);
    const init = bailee(['init', '--json']);
    expect(await init.ended).toBe(0);
    const { writeKeys } = JSON.parse(init.said()) as { writeKeys: { server: string } };
    const headers = {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${writeKeys.server}:`).toString('base64')}`,
    };
    let sent = 0;
    let answered = 0;
    const send = async () => {
      for (;;) {
        sent += 1;
        const properties = {
          order_id: `o-${sent}`,
          total: 1,
          products: [{ product_id: 'p', price: 1, quantity: 1 }],
        };
        const body = JSON.stringify({
          userId: `u-${sent}`,
          event: 'Order Completed',
          properties,
          messageId: `m-${sent}`,
        });
        const answer = await fetch(`${url}/v1/track`, { method: 'POST', headers, body }).catch(() => null);
        if (answer?.status !== 200) return;
        answered += 1;
        if (answered === 40) started.child.kill('SIGTERM');
      }
    };
    await Promise.all(Array.from({ length: 8 }, send));
    expect(await started.ended).toBe(0);
    const report = bailee(['report', 'orders', '--json']);
    expect(await report.ended).toBe(0);
    const { rows } = JSON.parse(report.said()) as { rows: { orders: number }[] };
    expect(rows.reduce((sum, row) => sum + row.orders, 0)).toBe(answered);
  });

  it('refuses a second process on the same folder, and takes over from one that was killed', async () => {
    const first = bailee(['start']);
    const run = await served(first);
    const second = bailee(['start']);
    expect(await second.ended).toBe(3);
    expect(second.said()).toContain(`process ${first.child.pid}`);
    // A command goes through the server that runs, and needs no lock.
    const init = bailee(['init', '--name', 'Mill', '--json']);
    expect(await init.ended).toBe(0);
    expect((await fetch(`${run.url}/health`)).status).toBe(200);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(existsSync(join(folder, 'data', 'lock'))).toBe(true);
    const third = bailee(['start']);
    await served(third);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
  });

  it('ends with 4 for a wrong root key', async () => {
    const root = { BAILEE_ROOT_KEY: 'ab'.repeat(32) };
    expect(await bailee(['init'], root).ended).toBe(0);
    const wrong = bailee(['start'], { BAILEE_ROOT_KEY: 'cd'.repeat(32) });
    expect(await wrong.ended).toBe(4);
    expect(wrong.said()).toContain('Nothing was written');
  });

  it('says in one sentence that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const started = bailee(['start'], { PORT: String(port), BAILEE_LOG_LEVEL: 'silent' });
    expect(await started.ended).toBe(5);
    expect(started.said()).toContain(`Port ${port} on 127.0.0.1 is in use.`);
    taken.close();
  });

  it('says that the database does not answer', async () => {
    const started = bailee(['start'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(await started.ended).toBe(5);
  });
});
