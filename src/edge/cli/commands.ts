/**
 * All commands, in the order of the help. One file each, read when it is called: most commands need little of the
 * house, and somebody at a terminal waits for all that is read.
 */
import type { Command } from './command.ts';

interface Listed {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly Listed[] = [
  {
    name: 'start',
    summary: 'Serve; an empty installation is filled with the demo shop first',
    load: async () => (await import('./start.ts')).startCommand,
  },
  {
    name: 'init',
    summary: 'Make a real, empty store and print its keys once; or one more key',
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'invite',
    summary: 'Invite somebody to the console: the first administrator, or anybody else',
    load: async () => (await import('./invite.ts')).inviteCommand,
  },
  {
    name: 'import',
    summary: 'Bring in a CSV or JSON Lines file, of orders or of customers',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'open',
    summary: 'Open what a purpose allows of one customer; recorded in the ledger',
    load: async () => (await import('./open.ts')).openCommand,
  },
  {
    name: 'erase',
    summary: 'Erase one customer for good, and get a signed receipt',
    load: async () => (await import('./erase.ts')).eraseCommand,
  },
  {
    name: 'verify',
    summary: 'Check the whole ledger, or a receipt, without trusting who wrote it',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  {
    name: 'notice',
    summary: 'Publish the next version of what visitors are asked',
    load: async () => (await import('./notice.ts')).noticeCommand,
  },
  {
    name: 'report',
    summary: 'Orders, lines and amounts, per country and month',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'release',
    summary: 'Figures about orders with noise that hides each customer, paid from a budget',
    load: async () => (await import('./release.ts')).releaseCommand,
  },
  {
    name: 'anonymize',
    summary: 'Make a table in which every row hides among others; verify one; tell its risk',
    load: async () => (await import('./anonymize.ts')).anonymizeCommand,
  },
  {
    name: 'law',
    summary: 'Which laws apply to a customer, and what they ask for',
    load: async () => (await import('./law.ts')).lawCommand,
  },
  {
    name: 'detect',
    summary: 'Find personal data in texts, without keeping any',
    load: async () => (await import('./detect.ts')).detectCommand,
  },
  {
    name: 'backup',
    summary: 'Write the sealed data and the wrapped keys into two files',
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  {
    name: 'restore',
    summary: 'Bring a backup back; everyone who was erased since stays erased',
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  {
    name: 'rotate',
    summary: 'Wrap all keys anew and destroy the old epoch, and older key backups with it',
    load: async () => (await import('./rotate.ts')).rotateCommand,
  },
  {
    name: 'doctor',
    summary: 'Check the installation, and say until when old key backups live',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'move',
    summary: 'Move a trial to PostgreSQL in one command',
    load: async () => (await import('./move.ts')).moveCommand,
  },
  {
    name: 'destroy',
    summary: 'Destroy the whole installation: tables, keys and files; says what remains',
    load: async () => (await import('./destroy.ts')).destroyCommand,
  },
];
