import { readFileSync } from 'node:fs';
import { keyFor } from './access.ts';
import { type Client, connect } from './client.ts';
import { type Command, type Deps, print, readArgs } from './command.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';

const OPTIONS = {
  name: { type: 'string' },
  purpose: { type: 'string' },
  question: { type: 'string' },
  rho: { type: 'string' },
  epsilon: { type: 'string' },
  delta: { type: 'string' },
  roles: { type: 'string' },
  until: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof readArgs<typeof OPTIONS>>['values'];

const DATASET = 'orders';

interface Released {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly cost: { readonly rho: string; readonly delta: string };
  readonly until: string;
}
interface Answered extends Released {
  readonly answer: {
    readonly value: number | readonly (number | { readonly group: string; readonly count: number })[];
    readonly noise: { readonly kind: string; readonly size: string };
  };
  readonly again: boolean;
}
interface Budget {
  readonly purpose: string;
  readonly epsilon: string;
  readonly delta: string;
  readonly limit: { readonly rho: string };
  readonly spent: { readonly rho: string };
}

/** Figures about customers that leave with noise, and the budget that they are paid from. */
export const releaseCommand: Command = {
  help: `Usage: bailee release budget [--purpose <purpose> --epsilon <e> --delta <d>] [options]
       bailee release ask --name <name> --purpose <purpose> --question <file> --rho <r> --until <time>
       bailee release list
       bailee release show <id>

budget   sets what may be learned in all (privacy officer); without --purpose shows all budgets
ask      answers a question from the budget; the same question again is free

  --question <file>   JSON, for example {"kind":"count","of":"customers"}; - reads standard input
  --rho <r>           what it may cost in zCDP (Gaussian noise), or
  --epsilon <e>       in pure differential privacy (Laplace noise)
  --roles <a,b>       who may fetch it beside the privacy officer; your own role without it
  --until <time>      ISO 8601; not to be fetched after
  --key <key>         API key of an analyst or privacy officer; else BAILEE_API_KEY, else the demo's
  --json              as JSON

Example: bailee release budget --purpose analytics --epsilon 1 --delta 1e-6`,
  run,
};

async function run(args: string[], deps: Deps): Promise<ExitCode> {
  const { values, words } = readArgs(args, OPTIONS);
  const [verb, id] = words;
  const verbs: Record<string, (client: Client, key: string) => Promise<void>> = {
    budget: (client, key) => budget(client, key, values, deps),
    ask: (client, key) => ask(client, key, values, deps),
    list: (client, key) => list(client, key, values, deps),
    show: (client, key) => show(client, key, id, values, deps),
  };
  const work = verb === undefined ? undefined : verbs[verb];
  if (work === undefined || words.length > (verb === 'show' ? 2 : 1))
    throw new CommandError(EXIT.usage, 'Say what: bailee release budget, ask, list or show <id>.');
  const key = keyFor(deps, values.key, 'privacyOfficer');
  const client = await connect(deps);
  try {
    await work(client, key);
    return EXIT.done;
  } finally {
    deps.progress(null);
    await client.close();
  }
}

async function budget(client: Client, key: string, values: Values, deps: Deps): Promise<void> {
  const path = '/api/releases/budgets';
  if (values.purpose === undefined) {
    const { budgets } = (await client.request({ method: 'GET', path, as: { key } })) as { budgets: Budget[] };
    print(deps, values.json, budgets, () =>
      budgets.length === 0 ? ['There is no budget.'] : budgets.map(line),
    );
    return;
  }
  const body = {
    dataset: DATASET,
    purpose: values.purpose,
    epsilon: needed(values, 'epsilon'),
    delta: needed(values, 'delta'),
  };
  const set = (await client.request({ method: 'POST', path, body, as: { key } })) as Budget;
  print(deps, values.json, set, () => [line(set)]);
}

function line({ purpose, epsilon, delta, limit, spent }: Budget): string {
  return `${purpose}: ε ${epsilon} at δ ${delta}; ρ ${spent.rho} of ${limit.rho} spent`;
}

async function ask(client: Client, key: string, values: Values, deps: Deps): Promise<void> {
  if ((values.rho === undefined) === (values.epsilon === undefined))
    throw new CommandError(EXIT.usage, 'Say what it may cost: either --rho or --epsilon.');
  const body = {
    name: needed(values, 'name'),
    dataset: DATASET,
    purpose: needed(values, 'purpose'),
    question: questionOf(needed(values, 'question')),
    privacy: values.rho === undefined ? { epsilon: values.epsilon } : { rho: values.rho },
    until: needed(values, 'until'),
    ...(values.roles === undefined ? {} : { roles: values.roles.split(',').map((role) => role.trim()) }),
  };
  const made = (await client.request({
    method: 'POST',
    path: '/api/releases',
    body,
    as: { key },
    onProgress: ({ orders }) => deps.progress(`${orders} orders read`),
  })) as Answered;
  deps.progress(null);
  print(deps, values.json, made, () => shown(made, made.again));
}

async function list(client: Client, key: string, values: Values, deps: Deps): Promise<void> {
  const { releases } = (await client.request({ method: 'GET', path: '/api/releases', as: { key } })) as {
    releases: Released[];
  };
  print(deps, values.json, releases, () =>
    releases.length === 0
      ? ['There are no releases.']
      : releases.map(
          (each) => `${each.id}  ${each.name}  ${each.purpose}, ρ ${each.cost.rho}, until ${each.until}`,
        ),
  );
}

async function show(
  client: Client,
  key: string,
  id: string | undefined,
  values: Values,
  deps: Deps,
): Promise<void> {
  if (id === undefined) throw new CommandError(EXIT.usage, 'Name the release: bailee release show <id>.');
  const path = `/api/releases/${encodeURIComponent(id)}`;
  const made = (await client.request({ method: 'GET', path, as: { key } })) as Answered;
  print(deps, values.json, made, () => shown(made, false));
}

function shown({ id, name, answer: { value, noise }, cost }: Answered, again: boolean): string[] {
  const values = typeof value === 'number' ? [value] : value;
  return [
    `${name} (${id})`,
    ...values.map((each) => (typeof each === 'number' ? String(each) : `${each.group}  ${each.count}`)),
    `${noise.kind} noise of size ${noise.size}; ${again ? 'answered before, so free' : `cost ρ ${cost.rho}`}`,
  ];
}

function needed(
  values: Values,
  name: 'name' | 'purpose' | 'question' | 'until' | 'epsilon' | 'delta',
): string {
  const value = values[name];
  if (value === undefined) throw new CommandError(EXIT.usage, `This needs --${name}.`);
  return value;
}

function questionOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch {
    throw new CommandError(EXIT.usage, 'The question cannot be read, or is not JSON.');
  }
}
