/** The command line: finds the command, runs it, and says in a sentence what went wrong. */
import type { Deps } from './command.ts';
import { COMMANDS } from './commands.ts';
import { EXIT, type ExitCode, explain } from './exit.ts';

/** Runs `argv` (without node and script) and resolves with the exit code. Never throws. */
export async function runCli(argv: readonly string[], deps: Deps): Promise<ExitCode> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    for (const line of overview()) deps.out(line);
    return EXIT.done;
  }
  const listed = COMMANDS.find((each) => each.name === name);
  if (listed === undefined) {
    deps.err(`There is no command of this name. There are: ${COMMANDS.map((each) => each.name).join(', ')}.`);
    return EXIT.usage;
  }
  const command = await listed.load();
  if (args.includes('--help') || args.includes('-h')) {
    deps.out(command.help);
    return EXIT.done;
  }
  try {
    return await command.run(args, deps);
  } catch (error) {
    const { exit, sentences } = explain(error);
    for (const sentence of sentences) deps.err(sentence);
    return exit;
  }
}

function overview(): string[] {
  const width = Math.max(...COMMANDS.map((each) => each.name.length));
  return [
    'Bailee: the customer data platform that asks first.',
    '',
    'Usage: bailee <command> [options]      bailee <command> --help',
    '',
    ...COMMANDS.map((each) => `  ${each.name.padEnd(width)}  ${each.summary}`),
    '',
    'A command talks to the server at BAILEE_URL, else to the one that runs on BAILEE_DATA; when none runs,',
    'it opens the installation itself.',
    '',
    `Ends with ${EXIT.done}: done; ${EXIT.failed}: refused or failed; ${EXIT.usage}: wrong settings or options; ${EXIT.locked}: the data folder is in use;`,
    `${EXIT.wrongRootKey}: wrong root key; ${EXIT.unreachable}: database, server or port not to be had; ${EXIT.doesNotHold}: what was verified does not hold.`,
  ];
}
