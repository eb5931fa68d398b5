/** Backups from before an erasure: brought back through Bailee, and opened raw by a script that shares no code with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AcceptLine } from '../line.ts';
import { runCommand } from '../server.ts';
import { Faults, inFolder, onPostgres } from './faults.ts';
import {
  ask,
  asOutsider,
  command,
  eraseTogether,
  find,
  makeShop,
  open,
  type Shop,
  send,
  serve,
  type Where,
} from './shop.ts';

const OPEN_BACKUP = fileURLToPath(new URL('../../../accept/standalone/open-backup.mjs', import.meta.url));
const GONE = {
  userId: 'backup-gone',
  email: 'wendelgard@example.com',
  name: 'Wendelgard Altmarker',
  order: 'backup-order-1',
};
const KEPT = {
  userId: 'backup-kept',
  email: 'birgit@example.com',
  name: 'Birgit Bleibt',
  order: 'backup-order-2',
};
const OF_GONE = ['Wendelgard', 'wendelgard', 'Altmarker'];

interface Backup {
  readonly data: string;
  readonly keys: string;
}

interface Here {
  readonly where: Required<Where>;
  readonly shop: Shop;
  readonly faults: Faults;
  /** Ids of the two customers. */
  readonly gone: string;
  readonly kept: string;
}

export const line: AcceptLine = {
  issue: 1,
  number: 6,
  title: 'Backups from before an erasure reveal nothing of it',
  run: ({ log }) =>
    onPostgres((where) =>
      inFolder(async (vault) => {
        const faults = new Faults(log);
        const shop = await makeShop(where);
        const server = await serve(where);
        const [gone, kept] = await seed(server.url, shop);
        const here: Here = { where, shop, faults, gone, kept };
        const before = await backup(where, vault, 'before');
        const oldRoot = readFileSync(keyFile(where), 'utf8');
        await judgeReading(here, server.url, 'before the erasure', true);
        const erased = await eraseTogether(server.url, shop.apiKeys, gone);
        faults.equal(erased.status, 200, 'the erasure is acknowledged');
        await server.stop();

        await restoredHere(here, before, log);
        await restoredElsewhere(here, before, log);
        const control = await rawBefore(here, before, vault, log);
        const left = await rawAfter(here, before, vault, oldRoot, log);
        return faults.verdict(
          `restored on the same and on a new machine: nothing; raw, ${control.unwrapped} of ${control.wrapped} keys open before the rotation and ${left.unwrapped} of ${left.wrapped} after it, of ${left.candidates} tried`,
        );
      }),
    ),
};

async function seed(url: string, shop: Shop): Promise<[gone: string, kept: string]> {
  const ids: string[] = [];
  for (const { userId, email, name, order } of [GONE, KEPT]) {
    await send(url, shop.writeKeys.server, [
      { type: 'identify', userId, traits: { email, name, address: { street: `Am ${name} 1` } } },
      {
        type: 'track',
        event: 'Order Completed',
        userId,
        properties: { order_id: order, total: 5, currency: 'EUR', billing: { name: `Firma ${userId}` } },
      },
      {
        type: 'track',
        event: 'Support Ticket Opened',
        userId,
        properties: {
          ticket_id: `case-${userId}`,
          order_id: order,
          subject: 'A word',
          body: `${name} asks.`,
        },
      },
    ]);
    const asking = { purpose: 'customer-service', evidence: { order } };
    const [found] = await find(url, shop.apiKeys.support as string, { kind: 'order', value: order }, asking);
    if (found === undefined) throw new Error('a customer cannot be found');
    ids.push(found.id);
  }
  return ids as [string, string];
}

function keyFile({ dataFolder }: Where): string {
  return join(dataFolder, 'keys', 'root.json');
}

async function backup(where: Where, folder: string, name: string): Promise<Backup> {
  const made = { data: join(folder, `${name}.data`), keys: join(folder, `${name}.keys`) };
  await command(['backup', '--data', made.data, '--keys', made.keys], where);
  return made;
}

/** Reads both customers by every door. `there`: whether the one who is erased should be there. */
async function judgeReading(here: Here, url: string, when: string, there: boolean): Promise<void> {
  const { shop, faults, gone, kept } = here;
  const { support, privacyOfficer } = shop.apiKeys as { support: string; privacyOfficer: string };
  const askings = [
    { key: support, asking: { purpose: 'customer-service', evidence: { order: GONE.order } } },
    { key: support, asking: { purpose: 'customer-service', evidence: { case: `case-${GONE.userId}` } } },
    ...['customer-service', 'fraud-prevention', 'legal-duty', 'order-fulfilment'].map((purpose) => ({
      key: privacyOfficer,
      asking: { purpose, evidence: { reason: 'acceptance' } },
    })),
  ];
  let text = '';
  for (const { key, asking } of askings) {
    for (const [kind, value] of Object.entries({ userId: GONE.userId, email: GONE.email, order: GONE.order }))
      text += (await ask(`${url}/api/customers/find`, key, { identifier: { kind, value }, ...asking })).text;
    text += (await ask(`${url}/api/customers/${gone}/open`, key, asking)).text;
    text += (await ask(`${url}/api/customers/${gone}/timeline`, key, asking)).text;
  }
  const shown = OF_GONE.filter((value) => text.includes(value));
  faults.equal(shown.length > 0, there, `${when}: something of the erased customer is shown`);
  const asking = { purpose: 'customer-service', evidence: { order: KEPT.order } };
  const [found] = await find(url, support, { kind: 'email', value: KEPT.email }, asking);
  faults.equal(found?.id, kept, `${when}: the other customer is found`);
  const { fields } = await open(url, support, kept, asking);
  faults.equal(fields['identity.name']?.value, KEPT.name, `${when}: the other customer opens`);
}

async function restoredHere(
  here: Here,
  { data, keys }: Backup,
  log: (message: string) => void,
): Promise<void> {
  const { stdout } = await command(
    ['restore', '--data', data, '--keys', keys, '--force', '--json'],
    here.where,
  );
  const { erasures } = JSON.parse(stdout) as { erasures: number };
  here.faults.check(erasures >= 1, 'the restore replays the erasure');
  const server = await serve(here.where);
  await judgeReading(here, server.url, 'restored over the database', false);
  await server.stop();
  log('restored over the database: nothing of the erased customer');
}

/** Only the backup, the key file and the erasure journal are left of the old machine. */
async function restoredElsewhere(
  here: Here,
  { data, keys }: Backup,
  log: (message: string) => void,
): Promise<void> {
  await onPostgres(async (where) => {
    mkdirSync(join(where.dataFolder, 'keys'), { mode: 0o700 });
    copyFileSync(keyFile(here.where), keyFile(where));
    const journal = join(here.where.dataFolder, 'erasures.jsonl');
    await command(['restore', '--data', data, '--keys', keys, '--journal', journal, '--json'], where);
    const server = await serve(where);
    await judgeReading(here, server.url, 'restored on a new machine', false);
    await server.stop();
    const rows = await asOutsider(where.databaseUrl, async (client) => {
      const answer = await client.query(
        'SELECT class FROM keys.data_key WHERE customer_id = $1 AND wrapped IS NOT NULL AND class <> 2',
        [here.gone],
      );
      return answer.rows.length;
    });
    here.faults.equal(rows, 0, 'keys of erased classes after a restore on a new machine');
  });
  log('restored on a new machine: nothing of the erased customer');
}

interface Raw {
  readonly candidates: number;
  readonly wrapped: number;
  readonly unwrapped: number;
  readonly sealed: number;
  readonly opened: number;
  readonly found: number;
}

/** Before the rotation a thief of everything reads the old backup: so the script can read. A later one holds nothing. */
async function rawBefore(
  here: Here,
  before: Backup,
  vault: string,
  log: (message: string) => void,
): Promise<Raw> {
  const { where, faults } = here;
  const control = await openRaw(before, GONE.name, [keyFile(where)]);
  log(`raw, before the rotation: ${JSON.stringify(control)}`);
  faults.check(control.found > 0, 'control: the raw backup reveals the customer before the rotation');
  faults.equal(control.unwrapped, control.wrapped, 'control: all keys unwrap before the rotation');
  faults.equal(control.opened, control.sealed, 'control: all values open before the rotation');
  const after = await backup(where, vault, 'after');
  const later = await openRaw({ ...before, keys: after.keys }, GONE.name, [keyFile(where)]);
  faults.equal(
    later.found,
    0,
    'raw, the old data with keys of after the erasure: values of the erased customer',
  );
  const kept = await openRaw(after, KEPT.name, [keyFile(where)]);
  faults.check(kept.found > 0, 'control: a later backup still holds the other customer');
  const own = await openRaw(after, GONE.name, [keyFile(where)]);
  faults.equal(own.found, 0, 'raw, a backup of after the restore: values of the erased customer');
  return control;
}

/** After the rotation with every file there is: the key file of now, all backups, all of the data folder. */
async function rawAfter(
  here: Here,
  before: Backup,
  vault: string,
  oldRoot: string,
  log: (message: string) => void,
): Promise<Raw> {
  const { where, faults } = here;
  await command(['rotate'], where);
  const files = [...filesIn(where.dataFolder), ...filesIn(vault)];
  faults.check(files.includes(keyFile(where)), 'the key file is among the files tried');
  const left = await openRaw(before, GONE.name, files);
  log(`raw, after the rotation, with ${files.length} files: ${JSON.stringify(left)}`);
  faults.check(left.wrapped > 0, 'there are wrapped keys to try');
  faults.equal(left.unwrapped, 0, 'keys of the old backup that unwrap after the rotation');
  faults.equal(left.opened, 0, 'values of the old backup that open after the rotation');
  const { epochs } = JSON.parse(oldRoot) as { epochs: Record<string, string> };
  for (const key of Object.values(epochs).map((text) => Buffer.from(text, 'base64')))
    for (const path of files) {
      const bytes = readFileSync(path);
      const spelled = [key, key.toString('base64'), key.toString('base64url'), key.toString('hex')];
      faults.check(!spelled.some((each) => bytes.includes(each)), 'no file holds a destroyed epoch key');
    }
  const refused = await runCommand(['restore', '--data', before.data, '--keys', before.keys, '--force'], {
    ...where,
    demo: false,
  });
  faults.check(
    refused.code !== 0 && /epoch/.test(refused.stderr),
    'a restore from before the rotation is refused',
  );
  const server = await serve(where);
  await judgeReading(here, server.url, 'after the rotation', false);
  await server.stop();
  return left;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

async function openRaw({ data, keys }: Backup, text: string, files: readonly string[]): Promise<Raw> {
  const args = [OPEN_BACKUP, keys, data, text, ...files];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`open-backup.mjs ended with ${code}`);
  return JSON.parse(said) as Raw;
}
