/** A reader at a terminal: one folder, one shell after another, and what each left in its environment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DEFAULT_URL = 'http://127.0.0.1:4000';

export interface Said {
  readonly exit: number;
  /** Standard output; standard error where there is none. */
  readonly text: string;
  /** HTTP statuses of the block's curl calls. */
  readonly statuses: readonly number[];
}

export interface Session {
  run(language: string, text: string): Promise<Said>;
  /** Sets a variable for the blocks to come. */
  keep(name: string, value: string): void;
  close(): void;
}

/** `data`: the folder that the reader sees as ./data; a new one when null. `url` takes the place of the usual address. */
export function startSession(data: string | null, url: string): Session {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-docs-'));
  const [bin, state, status] = ['bin', 'state', 'status'].map((name) => join(folder, `.${name}`)) as [
    string,
    string,
    string,
  ];
  mkdirSync(bin);
  if (data !== null) symlinkSync(data, join(folder, 'data'));
  for (const name of ['node_modules', 'accept']) symlinkSync(join(ROOT, name), join(folder, name));
  const node = `exec '${process.execPath}'`;
  const main = join(ROOT, 'dist/src/main.js');
  command(bin, 'curl', `${node} '${join(ROOT, 'test/docs/curl.mjs')}' "$@"`);
  command(bin, 'bailee', `${node} '${main}' "$@"`);
  // `npx --no-install bailee …`
  command(bin, 'npx', `shift 2; ${node} '${main}' "$@"`);
  const path = [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  writeFileSync(state, '');

  async function shell(script: string): Promise<Said> {
    writeFileSync(status, '');
    const env = { PATH: path, HOME: folder, LANG: 'C.UTF-8', CURL_STATUS: status };
    const child = spawn('sh', ['-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        said[stream] += chunk;
      });
    const [exit] = (await once(child, 'close')) as [number | null];
    const statuses = readFileSync(status, 'utf8').split('\n').filter(Boolean).map(Number);
    return { exit: exit ?? 1, text: said.stdout.trim() === '' ? said.stderr : said.stdout, statuses };
  }

  return {
    run(language, text) {
      const here = text.replaceAll(DEFAULT_URL, url);
      if (language === 'sh') return shell(`set -e\n. ${state}\n${here}\nexport -p > ${state}\n`);
      writeFileSync(join(folder, 'example.mjs'), here);
      return shell(`. ${state}\nexec node example.mjs\n`);
    },
    keep(name, value) {
      const before = existsSync(state) ? readFileSync(state, 'utf8') : '';
      writeFileSync(state, `${before}\nexport ${name}='${value.replaceAll("'", "'\\''")}'\n`);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function command(folder: string, name: string, line: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
}
