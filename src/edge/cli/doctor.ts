import { examine, type Finding } from '../../rights/doctor.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { inInstallation, noWords } from './installation.ts';

/** Looks, changes nothing, and says what it found. */
export const doctorCommand: Command = {
  help: `Usage: bailee doctor [--json]

Checks the database, the root key, epochs, the bound on old key backups, erasures, queues, quarantine,
partitions, the ledger, the erasure journal and the disk. Ends with 1 when something does not hold. On
PostgreSQL it may run beside the server; the trial engine must be stopped first.`,
  run,
};

const MARK = { ok: 'ok     ', notice: 'notice ', fault: 'FAULT  ' } as const;

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, { json: { type: 'boolean' } });
  noWords('doctor', words);
  const findings = await inInstallation(deps, ({ ctx }) => examine(ctx));
  const ok = findings.every((each) => each.state !== 'fault');
  print(deps, values.json, { ok, findings }, () => findings.map(line));
  return ok ? EXIT.done : EXIT.failed;
}

function line({ check, state, says }: Finding): string {
  return `${MARK[state]} ${check.padEnd(12)} ${says}`;
}
