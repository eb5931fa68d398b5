import { connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  name: { type: 'string' },
  country: { type: 'string' },
  origin: { type: 'string', multiple: true },
  key: { type: 'string' },
  store: { type: 'string' },
  json: { type: 'boolean' },
} as const;

interface MadeStore {
  readonly store: { readonly id: string; readonly name: string };
  readonly writeKeys: { readonly server: string; readonly browser: string };
  readonly apiKeys: Readonly<Record<string, string>>;
  readonly secrets: { readonly customerTokenSecret: string; readonly webhookSecret: string };
}

/** A real store, or one more key for it. */
export const initCommand: Command = {
  help: `Usage: bailee init [--name <name>] [--country <code>] [--origin <origin>]...
       bailee init --key <role> [--store <store>]

  --name <name>      name of the store; My shop without it
  --country <code>   country of the shop (ISO 3166-1), to read phone numbers: DE
  --origin <origin>  a page that may use the browser key: https://shop.example
  --key <role>       make one more API key instead: support, order-desk, marketing, analyst,
                     privacy-officer, security, administrator or auditor
  --store <store>    id or name of the store the key is for; needed only when there are several
  --json             as JSON

Keys are kept as hashes only: they are printed now and never again.`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  if (words.length > 0)
    throw new CommandError(EXIT.usage, 'init takes options only; give the name with --name.');
  const client = await connect(deps);
  try {
    if (values.key !== undefined) {
      const body = { role: values.key, ...(values.store === undefined ? {} : { store: values.store }) };
      const made = (await client.request({
        method: 'POST',
        path: '/api/operator/keys',
        body,
        as: 'operator',
      })) as { store: string; role: string; key: string };
      print(deps, values.json, made, () => [`API key for ${made.role}, shown only now:`, made.key]);
      return EXIT.done;
    }
    const made = (await client.request({
      method: 'POST',
      path: '/api/operator/stores',
      body: {
        name: values.name ?? 'My shop',
        ...(values.country === undefined ? {} : { country: values.country.toUpperCase() }),
        ...(values.origin === undefined ? {} : { origins: values.origin }),
      },
      as: 'operator',
    })) as MadeStore;
    print(deps, values.json, made, () => describe(made));
    return EXIT.done;
  } finally {
    await client.close();
  }
}

function describe({ store, writeKeys, apiKeys, secrets }: MadeStore): string[] {
  const width = Math.max(...Object.keys(apiKeys).map((name) => name.length));
  return [
    `The store “${store.name}” is made (${store.id}). Keep these keys now: they are not shown again.`,
    '',
    'Write keys, to collect:',
    `  ${'server'.padEnd(width)}  ${writeKeys.server}`,
    `  ${'browser'.padEnd(width)}  ${writeKeys.browser}   (public; for pages of the shop)`,
    'API keys, to open, one for each role:',
    ...Object.entries(apiKeys).map(([name, key]) => `  ${name.padEnd(width)}  ${key}`),
    'Secrets, for the backend of the shop (base64url):',
    `  ${'customers'.padEnd(width)}  ${secrets.customerTokenSecret}   (signs customer tokens, HS256)`,
    `  ${'webhook'.padEnd(width)}  ${secrets.webhookSecret}   (signs unsubscribes from a mail service)`,
    '',
    'Next: bailee start, then point the client of your shop at it with the server write key.',
    'bailee invite <your address> lets you into the console.',
  ];
}
