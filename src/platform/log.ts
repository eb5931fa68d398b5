/** Logs that cannot tell who: errors are reduced to type, code and where; known carriers of content are removed. */
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
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
    formatters: { log: withoutErrors },
    // Errors are described already; the logger's own serializer would write them anew.
    serializers: { err: (described: unknown) => described },
    hooks: { logMethod: withoutMessage },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Errors under any name: their own members (a driver's `detail`) repeat a row too. */
function withoutErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error || name === 'err' || name === 'error' ? describeError(value) : value,
    ]),
  );
}

/** Without a text of ours the logger would take the error's message for one. */
function withoutMessage(this: Logger, args: Parameters<LogFn>, log: LogFn): void {
  const [first, ...rest] = args as [unknown, ...string[]];
  const fields = first instanceof Error ? { err: first } : first;
  const carriesError = typeof fields === 'object' && fields !== null && 'err' in fields;
  log.call(this, fields, ...(carriesError && rest[0] === undefined ? ['an error'] : rest));
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
