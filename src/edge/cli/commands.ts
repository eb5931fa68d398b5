/** All commands, in the order of the help. One file each. */
import { backupCommand } from './backup.ts';
import type { Command } from './command.ts';
import { destroyCommand } from './destroy.ts';
import { doctorCommand } from './doctor.ts';
import { eraseCommand } from './erase.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { moveCommand } from './move.ts';
import { noticeCommand } from './notice.ts';
import { openCommand } from './open.ts';
import { reportCommand } from './report.ts';
import { restoreCommand } from './restore.ts';
import { rotateCommand } from './rotate.ts';
import { startCommand } from './start.ts';
import { verifyCommand } from './verify.ts';

export const COMMANDS: readonly Command[] = [
  startCommand,
  initCommand,
  importCommand,
  openCommand,
  eraseCommand,
  verifyCommand,
  noticeCommand,
  reportCommand,
  backupCommand,
  restoreCommand,
  rotateCommand,
  doctorCommand,
  moveCommand,
  destroyCommand,
];
