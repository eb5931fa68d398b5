/** All commands, in the order of the help. One file each. */
import type { Command } from './command.ts';
import { eraseCommand } from './erase.ts';
import { initCommand } from './init.ts';
import { openCommand } from './open.ts';
import { reportCommand } from './report.ts';
import { startCommand } from './start.ts';
import { verifyCommand } from './verify.ts';

export const COMMANDS: readonly Command[] = [
  startCommand,
  initCommand,
  openCommand,
  eraseCommand,
  verifyCommand,
  reportCommand,
];
