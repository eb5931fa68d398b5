import { demoRoleFor, keyFor } from './access.ts';
import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { EVIDENCE_OPTIONS, evidenceOf, idOf, WHO_OPTIONS, whoOf } from './evidence.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  ...WHO_OPTIONS,
  ...EVIDENCE_OPTIONS,
  purpose: { type: 'string' },
  fields: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface Answer {
  readonly fields: Readonly<
    Record<string, { state: string; value?: unknown; because: { rule: string; source: string }[] }>
  >;
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}

/** Opens fields of one customer, through the gate like everyone. */
export const openCommand: Command = {
  help: `Usage: bailee open <customer id> --purpose <purpose> [evidence] [options]
       bailee open --email <address> --purpose <purpose> [evidence] [options]

Who:       an id, or --email, --user, --phone, --device, --order-number, --case-number.
           With --order or --case alone, the customer of that order or case is meant.
Evidence:  one of --case <number>, --order <number>, --request <id>, --reason <text>.

  --purpose <purpose>  why, for example customer-service
  --fields <a,b>       only these fields; all that are there without it
  --key <key>          API key; else BAILEE_API_KEY, else the demo's
  --json               the whole answer as JSON

Example: bailee open --order 1001 --purpose customer-service`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  const { purpose } = values;
  if (purpose === undefined) throw new CommandError(EXIT.usage, 'Say why: --purpose customer-service.');
  const evidence = evidenceOf(values);
  const who = whoOf(words, values);
  const key = keyFor(deps, values.key, demoRoleFor(purpose));
  const client = await connect(deps);
  try {
    const id = await idOf(client, who, { key, purpose, evidence });
    const answer = (await client.request({
      method: 'POST',
      path: `/api/customers/${encodeURIComponent(id)}/open`,
      body: {
        purpose,
        ...(values.fields === undefined
          ? {}
          : { fields: values.fields.split(',').map((name) => name.trim()) }),
        ...(evidence === null ? {} : { evidence }),
      },
      as: { key },
    })) as Answer;
    print(deps, values.json, { id, ...answer }, () => lines(id, answer));
    return EXIT.done;
  } finally {
    await client.close();
  }
}

function lines(id: string, { fields, opening }: Answer): string[] {
  const entries = Object.entries(fields);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return [
    `Customer ${id}`,
    ...entries.map(([name, { state, value, because }]) => {
      const shown = value === undefined || value === null ? '' : ` ${shownValue(value)}`;
      const why = because.map(({ rule, source }) => `${rule}: ${source}`).join('; ');
      return `  ${name.padEnd(width)}  ${state.padEnd(8)}${shown}   (${why})`;
    }),
    `Recorded as entry ${opening.ledgerIndex} of the ledger.`,
  ];
}

function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
