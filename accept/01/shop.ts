/** A real, empty store for the scripts, and its doors as an outsider uses them: HTTP, the command line, SQL. */
import pg from 'pg';
import { type CommandResult, runCommand, type Server, startServer } from '../server.ts';

export interface Where {
  readonly dataFolder: string;
  /** Absent: the embedded engine. */
  readonly databaseUrl?: string;
}

export interface Shop {
  readonly store: string;
  readonly writeKeys: { readonly server: string; readonly browser: string };
  /** By role: `support`, `privacyOfficer`, `marketing`, `administrator`, `auditor` … */
  readonly apiKeys: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** Null when the body is no JSON. */
  readonly body: unknown;
}

/** What `bailee init --json` and the operator's address answer. */
export interface MadeStore {
  readonly store: { readonly id: string };
  readonly writeKeys: Shop['writeKeys'];
  readonly apiKeys: Shop['apiKeys'];
}

export function shopOf(made: MadeStore): Shop {
  return { store: made.store.id, writeKeys: made.writeKeys, apiKeys: made.apiKeys };
}

/** Makes a store by `bailee init`, before any server runs. */
export async function makeShop(where: Where): Promise<Shop> {
  const made = await command(['init', '--name', 'Acceptance', '--country', 'DE', '--json'], where);
  return shopOf(JSON.parse(made.stdout) as MadeStore);
}

/** A server without the demo shop. */
export function serve(
  where: Where,
  options: { port?: number; env?: Record<string, string> } = {},
): Promise<Server> {
  return startServer({ ...where, ...options, demo: false });
}

/** Runs `bailee <args>`; throws with what it said when it fails. */
export async function command(args: readonly string[], where: Where): Promise<CommandResult> {
  const result = await runCommand(args, { ...where, demo: false });
  if (result.code !== 0)
    throw new Error(`bailee ${args[0]} failed (${result.code}): ${result.stderr.trim()}`);
  return result;
}

/** As two people do it: support saw the proof and writes the request down, the privacy officer erases. */
export async function eraseTogether(
  url: string,
  { support, privacyOfficer }: Readonly<Record<string, string>>,
  customer: string,
): Promise<Answer> {
  const request = { customer, kind: 'erasure', channel: 'letter', proof: 'document' };
  const { body, status, text } = await ask(`${url}/api/requests`, support!, request);
  if (status !== 200) throw new Error(`a request was answered ${status}: ${text}`);
  const evidence = { request: (body as { request: { id: string } }).request.id };
  return ask(`${url}/api/customers/${customer}/erase`, privacyOfficer!, { evidence });
}

/** Asks with a key in `Authorization: Bearer`. A body makes it a POST. */
export async function ask(
  url: string,
  key: string | null,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(120_000),
  });
  const text = await answer.text();
  return { status: answer.status, text, headers: answer.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface Collected {
  readonly accepted: number;
  readonly notCollected: number;
  readonly quarantined: readonly { readonly code: string }[];
}

/** Sends events in one batch. Throws unless it is taken. */
export async function send(url: string, writeKey: string, batch: readonly unknown[]): Promise<Collected> {
  const answer = await ask(`${url}/v1/batch`, writeKey, { batch });
  if (answer.status !== 200) throw new Error(`a batch was answered ${answer.status}: ${answer.text}`);
  return answer.body as Collected;
}

export interface Found {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface Asking {
  readonly purpose: string;
  readonly evidence?: Readonly<Record<string, string>>;
  readonly fields?: readonly string[];
}

/** Ids and masks behind an identifier. Throws unless the answer is 200. */
export async function find(
  url: string,
  key: string,
  identifier: { readonly kind: string; readonly value: string },
  asking: Asking,
): Promise<readonly Found[]> {
  const answer = await ask(`${url}/api/customers/find`, key, { identifier, ...asking });
  if (answer.status !== 200) throw new Error(`find was answered ${answer.status}: ${answer.text}`);
  return (answer.body as { customers: readonly Found[] }).customers;
}

export interface Opened {
  readonly fields: Readonly<Record<string, { readonly state: string; readonly value?: unknown }>>;
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}

/** Opens a customer. Throws unless the answer is 200. */
export async function open(url: string, key: string, customer: string, asking: Asking): Promise<Opened> {
  const answer = await ask(`${url}/api/customers/${customer}/open`, key, asking);
  if (answer.status !== 200) throw new Error(`open was answered ${answer.status}: ${answer.text}`);
  return answer.body as Opened;
}

/** True when an answer to `open` shows a value of anything. */
export function shows({ fields }: Pick<Opened, 'fields'>): boolean {
  return Object.values(fields).some(({ value }) => value !== undefined && value !== null);
}

export interface TimelineItem {
  readonly kind: string;
  readonly name?: string;
  readonly value: unknown;
}

/** Up to 200 items. Throws unless the answer is 200. */
export async function timeline(
  url: string,
  key: string,
  customer: string,
  asking: Asking,
): Promise<readonly TimelineItem[]> {
  const answer = await ask(`${url}/api/customers/${customer}/timeline`, key, { ...asking, limit: 200 });
  if (answer.status !== 200) throw new Error(`timeline was answered ${answer.status}: ${answer.text}`);
  return (answer.body as { items: readonly TimelineItem[] }).items;
}

/** Counts of what was not collected, by `reason/name`. */
export async function undeclared(url: string, key: string): Promise<ReadonlyMap<string, number>> {
  const { body } = await ask(`${url}/api/undeclared`, key);
  const { items } = body as { items: readonly { reason: string; name: string; count: number }[] };
  return new Map(items.map(({ reason, name, count }) => [`${reason}/${name}`, count]));
}

/** A connection of an outsider who may read all bytes: the database's superuser. */
export async function asOutsider<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One number. */
export async function count(databaseUrl: string, sql: string, values: unknown[] = []): Promise<number> {
  return asOutsider(databaseUrl, async (client) => {
    const { rows } = await client.query<{ n: string }>(sql, values);
    return Number(rows[0]?.n ?? 0);
  });
}
