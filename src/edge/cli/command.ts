/** What a command is, and what it is given. */
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import type { GateCtx } from '../../gate/context.ts';
import type { Config } from '../../platform/config.ts';
import type { Ctx } from '../../platform/ports.ts';
import type { DemoFile } from '../demo/file.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

/** A composed installation: all that runs, in this process. */
export interface App {
  readonly ctx: GateCtx;
  /** Answers through `server.inject` at once, and through a port after `listen`. */
  readonly server: FastifyInstance;
  /** Lets its bearer act as the operator of this run. */
  readonly operatorToken: string;
  /** Starts jobs, the sequencer and the outbox. A command that runs once goes without. */
  runJobs(): Promise<void>;
  /** Binds the port; resolves with the address. `/ready` answers 503 until `open`. */
  listen(): Promise<string>;
  /** Makes or finds the demo shop; null when there is none. `onProgress` gets the messages sent so far. */
  fillDemo(onProgress: (messages: number) => void): Promise<DemoFile | null>;
  /** From here on `/ready` answers 200. */
  open(): void;
  /** Refuses new work, finishes what was accepted, closes all. */
  stop(): Promise<void>;
}

export type Overrides = Partial<Pick<Ctx, 'clock' | 'cipher' | 'random' | 'log'>>;
export type Compose = (config: Config, overrides?: Overrides) => Promise<App>;

/** The world of a command. */
export interface Deps {
  readonly compose: Compose;
  /** Reads the configuration. Throws `invalid_configuration`. */
  readonly config: () => Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A log that stays out of a command's output. */
  readonly quietLog: (config: Config) => Ctx['log'];
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Shows how far long work is, in place on a terminal; null clears the line. Elsewhere it is silent. */
  readonly progress: (text: string | null) => void;
  /** Ends the process at once. */
  readonly exit: (code: ExitCode) => void;
}

export interface Command {
  /** The whole help, options and an example. */
  readonly help: string;
  readonly run: (args: string[], deps: Deps) => Promise<ExitCode>;
}

type Options = Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>;
type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends { multiple: true }
    ? string[]
    : O[K]['type'] extends 'boolean'
      ? boolean
      : string;
};

/** Options and words of a command line. Throws `CommandError` (usage) for an option that does not exist. */
export function readArgs<const O extends Options>(
  args: string[],
  options: O,
): { values: Values<O>; words: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return { values: values as Values<O>, words: positionals };
  } catch (error) {
    throw new CommandError(EXIT.usage, (error as Error).message.split('. ')[0] ?? 'Wrong options.');
  }
}

/** Prints an answer for machines or for people. */
export function print(deps: Deps, json: boolean | undefined, answer: unknown, people: () => string[]): void {
  if (json === true) deps.out(JSON.stringify(answer, null, 2));
  else for (const line of people()) deps.out(line);
}
