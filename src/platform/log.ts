/** Logs that cannot tell who: errors are reduced to type, code and where; known carriers of content are removed. */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { isBaileeError } from './errors.ts';

const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.body',
  'body',
  'payload',
  'traits',
  'properties',
  'value',
  'values',
  'identifier',
  'email',
  'phone',
  'name',
  'address',
  'key',
  'token',
  'secret',
  'password',
  '*.value',
  '*.values',
  '*.identifier',
  '*.email',
  '*.phone',
  '*.token',
  '*.secret',
  '*.password',
];

export function makeLog(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: null,
    redact: { paths: REDACTED, censor: '[removed]' },
    serializers: { err: describeError, error: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What may be said of an error: a driver's message can repeat a row, so only its type, code and frames stay. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
  return {
    type: error.name,
    code: (error as { code?: unknown }).code,
    constraint: (error as { constraint?: unknown }).constraint,
    ...(isBaileeError(error) ? { message: error.message } : {}),
    at: frames.map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
