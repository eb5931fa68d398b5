import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string', multiple: true },
  language: { type: 'string' },
  store: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** The first administrator of a store, or anybody else. */
export const inviteCommand: Command = {
  help: `Usage: bailee invite <email> [--name <name>] [--role <role>]... [--language <language>] [--store <store>]

  --name <name>          how colleagues call them; the address without it
  --role <role>          administrator without it; or support, order-desk, marketing, analyst,
                         privacy-officer, security, auditor
  --language <language>  en (without it) or zh-CN
  --store <store>        id or name of the store; needed only when there are several
  --json                 as JSON

Prints a link that works once, for seven days: give it to that person alone.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  const [email] = words;
  if (email === undefined || words.length > 1)
    throw new CommandError(EXIT.usage, 'Name one address to invite: bailee invite ana@shop.example');
  const client = await connect(deps);
  try {
    const made = (await client.request({
      method: 'POST',
      path: '/api/operator/staff',
      body: {
        email,
        name: values.name ?? email.split('@')[0],
        roles: (values.role ?? ['administrator']).map((role) => ({ role })),
        ...(values.language === undefined ? {} : { language: values.language }),
        ...(values.store === undefined ? {} : { store: values.store }),
      },
      as: 'operator',
    })) as { link: string; until: string };
    print(deps, values.json, made, () => [
      'The link works once, for seven days. Give it to that person alone:',
      made.link,
    ]);
    return EXIT.done;
  } finally {
    await client.close();
  }
}
