#!/usr/bin/env node
/** Where the process begins: the command line meets the composition. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { runCli } from './edge/cli/run.ts';
import { type Config, readConfig } from './platform/config.ts';
import { BaileeError } from './platform/errors.ts';
import { makeLog } from './platform/log.ts';

/** The environment, then the file that `BAILEE_CONFIG` names, or `bailee.yaml` here if there is one. */
function config(): Config {
  const { BAILEE_CONFIG: named } = process.env;
  const path = resolve(named === undefined || named === '' ? 'bailee.yaml' : named);
  let yaml: string | null = null;
  try {
    yaml = readFileSync(path, 'utf8');
  } catch {
    if (named !== undefined && named !== '') {
      const fault = 'BAILEE_CONFIG names a file that cannot be read.';
      throw new BaileeError('invalid_configuration', fault, { faults: [fault] });
    }
  }
  return readConfig(process.env, yaml);
}

const { stdout, stderr } = process;
// Whoever reads may stop reading: `bailee report orders | head`.
for (const stream of [stdout, stderr]) stream.on('error', () => undefined);

const code = await runCli(process.argv.slice(2), {
  // The whole house, for the commands that run it.
  compose: async (...asked) => (await import('./compose.ts')).compose(...asked),
  config,
  env: process.env,
  quietLog: ({ logLevel }) =>
    makeLog(
      { logLevel: logLevel === 'silent' ? 'silent' : 'error' },
      pino.destination({ fd: 2, sync: true }),
    ),
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  progress(text) {
    if (stderr.isTTY) stderr.write(text === null ? '\r\u001b[K' : `\r\u001b[K${text}`);
  },
  exit: (exit) => process.exit(exit),
});
process.exitCode = code;
