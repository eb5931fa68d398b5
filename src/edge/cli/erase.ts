import { writeFileSync } from 'node:fs';
import { keyFor } from './access.ts';
import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { evidenceOf, idOf, WHO_OPTIONS, whoOf } from './evidence.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  ...WHO_OPTIONS,
  reason: { type: 'string' },
  request: { type: 'string' },
  key: { type: 'string' },
  receipt: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The purpose under which a privacy officer looks up who is to be erased. */
const PURPOSE = 'legal-duty';

interface Answer {
  readonly erased: readonly string[];
  readonly kept: readonly { readonly class: string; readonly because: string }[];
  readonly keyBackups: string;
  readonly receipt: unknown;
}

/** Erases one customer and shows the receipt. */
export const eraseCommand: Command = {
  help: `Usage: bailee erase <customer id> --reason <text> [options]
       bailee erase --email <address> --reason <text> [options]

Who:       an id, or --email, --user, --phone, --device, --order-number, --case-number.
Evidence:  --reason <text> or --request <id>.

  --receipt <file>  write the receipt there; verify it with bailee verify receipt
  --key <key>       a privacy officer's API key; else BAILEE_API_KEY, else the demo's. It finds who goes by an
                    identifier; with --key or --request it also erases, and then needs a request that another
                    person verified. Without both, the operator of this machine erases, and the ledger says so.
  --json            the whole answer as JSON

This is final: the keys are destroyed. What a legal duty keeps is listed with its reason.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  const evidence = evidenceOf(values);
  if (evidence === null) throw new CommandError(EXIT.usage, 'Say why: --reason "the customer asked".');
  const who = whoOf(words, values);
  const client = await connect(deps);
  try {
    // On the machine of the server a reason is enough: the ledger names the operator. Elsewhere a key asks, and
    // nobody erases alone.
    const asOperator = client.operator && values.request === undefined && values.key === undefined;
    const key = () => keyFor(deps, values.key, 'privacyOfficer');
    const id = who.id ?? (await idOf(client, who, { key: key(), purpose: PURPOSE, evidence }));
    const answer = (await client.request({
      method: 'POST',
      path: `/api/customers/${encodeURIComponent(id)}/erase`,
      body: { evidence },
      as: asOperator ? 'operator' : { key: key() },
    })) as Answer;
    const file = values.receipt;
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(answer.receipt, null, 2)}\n`);
    print(deps, values.json, { id, ...answer }, () => [
      `Customer ${id} is erased: ${answer.erased.join(', ')}.`,
      ...answer.kept.map((kept) => `Kept: ${kept.class}, because ${kept.because}`),
      answer.keyBackups,
      file === undefined
        ? 'The signed receipt is in the answer with --json, or in a file with --receipt <file>.'
        : `The signed receipt is in ${file}.`,
    ]);
    return EXIT.done;
  } finally {
    await client.close();
  }
}
